package io.ccrelay.policy.run;

import io.ccrelay.cache.Bytes;
import io.ccrelay.http.Fields;
import io.ccrelay.http.StatusPhrase;
import io.ccrelay.policy.expression.MessageBody;
import io.ccrelay.policy.expression.ResponseView;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A response as statements see and change it. Its body is held, or still on its way from the
 * backend where no statement looks at it. Confined to one context.
 */
public final class Response implements ResponseView {

  /** A body on its way; whoever drives the run knows what is behind it. */
  public interface Live {}

  private int status;
  private String reason;
  private Fields fields;
  private @Nullable Content body;
  private @Nullable Live live;

  private Response(int status, String reason, Fields fields) {
    this.status = status;
    this.reason = reason;
    this.fields = fields;
  }

  /** A response without a body. */
  public static Response of(int status, Fields fields) {
    return new Response(status, "", fields);
  }

  /** A response that was received whole. */
  public static Response whole(int status, Fields fields, Bytes body) {
    Response response = of(status, fields);
    response.body = new Content(body);
    return response;
  }

  /** A response whose body is still on its way. */
  public static Response live(int status, Fields fields, Live live) {
    Response response = of(status, fields);
    response.live = live;
    return response;
  }

  /** The same with a body of its own to consume. */
  public Response copy() {
    var copy = new Response(status, reason, fields);
    copy.live = live;
    if (body != null) {
      copy.body = new Content(body.remaining());
    }
    return copy;
  }

  @Override
  public int statusCode() {
    return status;
  }

  @Override
  public String statusReason() {
    return reason.isEmpty() ? StatusPhrase.of(status) : reason;
  }

  @Override
  public Fields headers() {
    return fields;
  }

  @Override
  public @Nullable MessageBody body() {
    return body;
  }

  /** What is sent as the body; empty if it is still on its way. */
  public Bytes held() {
    return body == null ? Bytes.empty() : body.remaining();
  }

  /** The body that is still on its way. */
  public Optional<Live> onItsWay() {
    return Optional.ofNullable(live);
  }

  /** Replaces the status. */
  public void status(int code, String phrase) {
    status = code;
    reason = phrase;
  }

  /** Replaces the header fields. */
  public void headers(Fields lines) {
    fields = lines;
  }

  /** Replaces the body; what was on its way is not wanted any more. */
  public void body(@Nullable Content content) {
    body = content;
    live = null;
  }
}
