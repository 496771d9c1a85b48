package io.ccrelay.llm;

import io.ccrelay.cache.Bytes;
import io.ccrelay.http.Fields;
import io.ccrelay.http.ListMembers;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Judges whole answers. The head comes first, then size, then the body by the table of {@link
 * Verdict}:
 *
 * <table>
 * <caption>Answers that are not stored whatever their body says</caption>
 * <tr><th>head</th><th>reason</th></tr>
 * <tr><td>any status but 200, 2xx and redirections included</td><td>{@code status}</td></tr>
 * <tr><td>neither {@code application/json} nor {@code text/event-stream}; parameters do not
 *     matter</td><td>{@code content-type}</td></tr>
 * <tr><td>a {@code content-encoding} other than {@code identity}</td><td>{@code encoded}</td></tr>
 * <tr><td>{@code cache-control: no-store}</td><td>{@code no-store}</td></tr>
 * <tr><td>{@code vary: *}, or naming a field that no key holds; but for {@code accept-encoding},
 *     {@code origin} and credentials, which the relay answers for itself</td>
 *     <td>{@code vary}</td></tr>
 * <tr><td>a body that ends with the connection</td><td>{@code close-delimited}</td></tr>
 * </table>
 *
 * <p>No objection: {@code private} (an entry belongs to one credential unless the configuration
 * says otherwise, and then it says so on purpose); {@code no-cache}, {@code max-age=0} and {@code
 * Expires} (both services send them with every stream, for HTTP caches; lifetimes here are the
 * configuration's); {@code set-cookie} (stripped, the answer is kept).
 */
public final class AnswerJudge {

  private AnswerJudge() {}

  /**
   * The verdict on a JSON answer.
   *
   * @param closeDelimited whether only the end of the connection ended the body
   */
  public static Verdict judgeJson(
      Route route,
      int status,
      Fields fields,
      Bytes body,
      boolean closeDelimited,
      ResponsesOptions options) {
    var objection =
        refusalOfHead(status, fields, closeDelimited)
            .or(() -> only(!isJson(fields), PassReason.CONTENT_TYPE))
            .or(() -> only(body.size() > options.maxEntryBytes(), PassReason.TOO_LARGE));
    if (objection.isPresent()) {
      return new Verdict.Pass(objection.get());
    }
    return AnswerReader.read(route, body)
        .map(facts -> Verdict.judge(route, facts, options))
        .orElseGet(() -> new Verdict.Pass(PassReason.UNREADABLE));
  }

  /** Why an answer is not stored, as far as its head tells. */
  public static Optional<PassReason> refusalOfHead(
      int status, Fields fields, boolean closeDelimited) {
    return only(status != 200, PassReason.STATUS)
        .or(() -> only(!isJson(fields) && !isEventStream(fields), PassReason.CONTENT_TYPE))
        .or(() -> only(isEncoded(fields), PassReason.ENCODED))
        .or(() -> only(lists(fields, "cache-control", "no-store"), PassReason.NO_STORE))
        .or(() -> only(varies(fields), PassReason.VARY))
        .or(() -> only(closeDelimited, PassReason.CLOSE_DELIMITED));
  }

  /** Whether the media type is {@code application/json}. */
  public static boolean isJson(Fields fields) {
    return mediaType(fields).equals("application/json");
  }

  /** Whether the media type is {@code text/event-stream}. */
  public static boolean isEventStream(Fields fields) {
    return mediaType(fields).equals("text/event-stream");
  }

  private static Optional<PassReason> only(boolean applies, PassReason reason) {
    return applies ? Optional.of(reason) : Optional.empty();
  }

  private static String mediaType(Fields fields) {
    List<String> lines = fields.all("content-type");
    if (lines.size() != 1) {
      return "";
    }
    String value = lines.getFirst();
    int semicolon = value.indexOf(';');
    String type = semicolon < 0 ? value : value.substring(0, semicolon);
    return type.strip().toLowerCase(Locale.ROOT);
  }

  private static boolean isEncoded(Fields fields) {
    return fields.all("content-encoding").stream()
        .anyMatch(coding -> !coding.strip().equalsIgnoreCase("identity"));
  }

  private static boolean varies(Fields fields) {
    return fields.all("vary").stream()
        .flatMap(line -> ListMembers.of(line).stream())
        .map(member -> member.toLowerCase(Locale.ROOT))
        .anyMatch(member -> member.equals("*") || FieldRule.hides(member));
  }

  /** Whether a comma list has {@code member}, with or without an argument. */
  private static boolean lists(Fields fields, String name, String member) {
    return fields.all(name).stream()
        .flatMap(line -> ListMembers.of(line).stream())
        .anyMatch(each -> directive(each).equalsIgnoreCase(member));
  }

  private static String directive(String member) {
    int equal = member.indexOf('=');
    return (equal < 0 ? member : member.substring(0, equal)).strip();
  }
}
