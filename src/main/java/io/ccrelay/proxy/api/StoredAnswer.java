package io.ccrelay.proxy.api;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.CacheOutcome;
import io.ccrelay.http.CacheRequest;
import io.ccrelay.http.CacheStatus;
import io.ccrelay.http.Conditions;
import io.ccrelay.http.ContentRange;
import io.ccrelay.http.Fields;
import io.ccrelay.http.HttpCacheOptions;
import io.ccrelay.http.PartialContent;
import io.ccrelay.http.PartialContent.Multipart;
import io.ccrelay.http.RangePlan;
import io.ccrelay.http.StoredResponse;
import io.ccrelay.http.Variant;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;

/** An answer made from a stored response. Confined to one request. */
final class StoredAnswer {

  private static final SecureRandom RANDOM = new SecureRandom();

  private final ApiReply reply;
  private final CacheRequest request;
  private final HttpCacheOptions rules;
  private final CacheOutcome outcome;
  private final Runnable beforeWhole;

  StoredAnswer(ApiReply reply, CacheRequest request, HttpCacheOptions rules, CacheOutcome outcome) {
    this(reply, request, rules, outcome, () -> {});
  }

  /**
   * An answer.
   *
   * @param beforeWhole called before a whole stored response is sent as it is
   */
  StoredAnswer(
      ApiReply reply,
      CacheRequest request,
      HttpCacheOptions rules,
      CacheOutcome outcome,
      Runnable beforeWhole) {
    this.reply = reply;
    this.request = request;
    this.rules = rules;
    this.outcome = outcome;
    this.beforeWhole = beforeWhole;
  }

  /** Whether the answer to {@code request} has content. */
  static boolean needsContent(CacheRequest request, Variant variant) {
    return request.isGet() && !Conditions.isNotModified(request, variant.response());
  }

  /**
   * Sends it.
   *
   * @param content the content, anything if {@link #needsContent} does not hold
   * @param validated whether the origin was asked for this very answer
   */
  void send(Variant variant, Bytes content, boolean validated, CacheStatus status, Instant now) {
    if (reply.isOver() || reply.response().headWritten()) {
      return;
    }
    StoredResponse stored = variant.response();
    Fields fields =
        status.appendTo(ForwardedFields.via(variant.replay(now, validated)), ForwardedFields.NAME);
    if (Conditions.isNotModified(request, stored)) {
      end(304, Conditions.notModified(fields), Bytes.empty());
      return;
    }
    Fields whole = framed(fields, stored);
    switch (RangePlan.of(request, stored, rules)) {
      case RangePlan.Whole all -> {
        beforeWhole.run();
        end(stored.status(), whole, content);
      }
      case RangePlan.Part(ContentRange range) ->
          end(206, PartialContent.single(whole, range), slice(stored, content, range));
      case RangePlan.Parts(var ranges) -> {
        var form = Multipart.of(boundary(), whole, ranges);
        end(206, PartialContent.multipart(whole, form), joined(form, stored, content));
      }
      case RangePlan.Unsatisfiable none ->
          end(416, PartialContent.unsatisfiable(whole, none), Bytes.empty());
    }
  }

  private void end(int status, Fields fields, Bytes content) {
    reply.head(status, fields);
    if (!request.isGet() || status == 304) {
      var _ = reply.response().end();
      reply.answered(outcome);
    } else {
      reply.end(content, outcome);
    }
  }

  /** With the length of what is held, whatever framing it came in. */
  private static Fields framed(Fields fields, StoredResponse stored) {
    return stored.status() == 204 || stored.part().isPresent()
        ? fields
        : fields.with("Content-Length", Long.toString(stored.length()));
  }

  private static Bytes slice(StoredResponse stored, Bytes content, ContentRange range) {
    long offset = stored.part().map(ContentRange::first).orElse(0L);
    return content.slice((int) (range.first() - offset), (int) (range.last() + 1 - offset));
  }

  private static Bytes joined(Multipart form, StoredResponse stored, Bytes content) {
    var joined = new ByteArrayOutputStream();
    for (ContentRange range : form.ranges()) {
      joined.writeBytes(form.before(range).getBytes(StandardCharsets.ISO_8859_1));
      slice(stored, content, range).writeTo(joined);
    }
    joined.writeBytes(form.end().getBytes(StandardCharsets.ISO_8859_1));
    return Bytes.owned(joined.toByteArray());
  }

  private static String boundary() {
    var bytes = new byte[16];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
