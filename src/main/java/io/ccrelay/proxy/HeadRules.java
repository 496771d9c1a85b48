package io.ccrelay.proxy;

import io.ccrelay.http.Field;
import io.ccrelay.http.Fields;
import io.ccrelay.proxy.Admission.Admitted;
import io.ccrelay.proxy.Admission.Refused;
import io.vertx.core.http.HttpVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rules behind {@link Admission}: one pass over the field lines of one head. */
final class HeadRules {

  /** Field lines at most, the authority of HTTP/2 included. */
  static final int MAX_FIELDS = 100;

  private final HttpVersion version;
  private final List<Field> kept;
  private Nominated nominated = Nominated.NOTHING;
  private String authority = "";
  private int singles;
  private boolean hasHost;
  private boolean hasLength;
  private boolean hasContent;
  private boolean chunked;
  private @Nullable Refusal refusal;

  private HeadRules(HttpVersion version, int lines) {
    this.version = version;
    this.kept = new ArrayList<>(lines);
  }

  static Admission decide(String method, String target, HttpVersion version, Fields fields) {
    if (method.equals("CONNECT") || method.equals("TRACE")) {
      return new Refused(Refusal.TUNNEL);
    }
    if (!isMethod(method)) {
      return new Refused(Refusal.METHOD);
    }
    Optional<RequestTarget> parsed = RequestTarget.parse(target);
    if (parsed.isEmpty()) {
      return new Refused(Refusal.TARGET);
    }
    if (fields.lines().size() > MAX_FIELDS) {
      return new Refused(Refusal.TOO_MANY_FIELDS);
    }
    var rules = new HeadRules(version, fields.lines().size());
    for (Field line : fields) {
      rules.see(line);
    }
    return rules.conclude(method, parsed.get());
  }

  private static boolean isMethod(String method) {
    for (int i = 0; i < method.length(); i++) {
      char c = method.charAt(i);
      if ((c < 'A' || c > 'Z') && c != '-') {
        return false;
      }
    }
    return !method.isEmpty();
  }

  private Admission conclude(String method, RequestTarget target) {
    if (refusal != null) {
      return new Refused(refusal);
    }
    if (!hasHost && version != HttpVersion.HTTP_1_0) {
      return new Refused(Refusal.HOST);
    }
    if (!target.authority().isEmpty()
        && (version == HttpVersion.HTTP_2
            || !Authority.same(target.scheme(), target.authority(), authority))) {
      return new Refused(Refusal.HOST_MISMATCH);
    }
    if (chunked && hasLength) {
      return new Refused(Refusal.FRAMING);
    }
    if (hasContent && (method.equals("GET") || method.equals("HEAD"))) {
      return new Refused(Refusal.UNEXPECTED_CONTENT);
    }
    return new Admitted(target.path(), target.query(), authority, endToEnd());
  }

  private Fields endToEnd() {
    nominated.removeFrom(kept);
    return Fields.of(kept);
  }

  private void refuse(Refusal reason) {
    if (refusal == null) {
      refusal = reason;
    }
  }

  /** Sorts {@code line} by its length first, so that most lines cost no comparison at all. */
  private void see(Field line) {
    String name = line.name();
    switch (name.length()) {
      case 0 -> refuse(Refusal.FIELD_NAME);
      case 2 -> te(line);
      case 4 -> host(line);
      case 6 -> expect(line);
      case 7 -> drop(line, "upgrade");
      case 9 -> single(line, "x-api-key", 1);
      case 10 -> connection(line);
      case 12 -> single(line, "content-type", 2);
      case 13 -> single(line, "authorization", 4);
      case 14 -> contentLength(line);
      case 16 -> drop(line, "proxy-connection");
      case 17 -> transferEncoding(line);
      case 18 -> hixie(line);
      case 19 -> proxyAuthorization(line);
      default -> kept.add(line);
    }
  }

  /** Leaves {@code line} out if it is {@code name}, which HTTP/2 does not know. */
  private void drop(Field line, String name) {
    if (!line.is(name)) {
      kept.add(line);
    } else if (version == HttpVersion.HTTP_2) {
      refuse(Refusal.CONNECTION_FIELD);
    }
  }

  private void te(Field line) {
    if (!line.is("te") || !line.value().equalsIgnoreCase("trailers")) {
      drop(line, "te");
    }
  }

  private void proxyAuthorization(Field line) {
    if (!line.is("proxy-authorization")) {
      kept.add(line);
    }
  }

  private void host(Field line) {
    if (!line.is("host")) {
      kept.add(line);
    } else if (hasHost || !Authority.isValid(line.value())) {
      refuse(Refusal.HOST);
    } else {
      hasHost = true;
      authority = line.value();
    }
  }

  private void expect(Field line) {
    if (!line.is("expect")) {
      kept.add(line);
    } else if (!line.value().equalsIgnoreCase("100-continue")) {
      refuse(Refusal.EXPECTATION);
    }
  }

  private void single(Field line, String name, int bit) {
    if (line.is(name)) {
      if ((singles & bit) != 0) {
        refuse(Refusal.DUPLICATE_FIELD);
      }
      singles |= bit;
    }
    kept.add(line);
  }

  private void connection(Field line) {
    if (!line.is("connection")) {
      drop(line, "keep-alive");
      return;
    }
    if (version == HttpVersion.HTTP_2) {
      refuse(Refusal.CONNECTION_FIELD);
    }
    nominated = nominated.and(line.value());
    if (nominated.anyCritical()) {
      refuse(Refusal.CONNECTION_OPTION);
    }
  }

  private void contentLength(Field line) {
    if (!line.is("content-length")) {
      drop(line, "http2-settings");
      return;
    }
    if (hasLength) {
      refuse(Refusal.FRAMING);
    }
    hasLength = true;
    hasContent |= !line.value().equals("0");
  }

  private void transferEncoding(Field line) {
    if (!line.is("transfer-encoding")) {
      kept.add(line);
    } else if (version == HttpVersion.HTTP_2) {
      refuse(Refusal.CONNECTION_FIELD);
    } else if (chunked) {
      refuse(Refusal.FRAMING);
    } else if (!line.value().equalsIgnoreCase("chunked")) {
      refuse(Refusal.TRANSFER_CODING);
    } else {
      chunked = true;
      hasContent = true;
    }
  }

  /** Netty reads eight bytes of content after this field of an abandoned WebSocket draft. */
  private void hixie(Field line) {
    if (line.is("sec-websocket-key1")) {
      refuse(Refusal.FRAMING);
    }
    kept.add(line);
  }
}
