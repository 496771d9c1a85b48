package io.ccrelay.http;

import java.util.Optional;

/**
 * Joining of parts of one representation (RFC 9111 section 3.4, RFC 9110 section 15.3.7.3). Safe
 * for use from any context.
 */
public final class Combination {

  private Combination() {}

  /**
   * What {@code stored} and {@code added}, received later, are together: a larger part, or the
   * whole. Fields of {@code added} replace their namesakes. Empty unless both are parts under the
   * same strong validator that overlap or touch.
   */
  public static Optional<StoredResponse> of(StoredResponse stored, StoredResponse added) {
    if (stored.part().isEmpty() || added.part().isEmpty() || !isSame(stored, added)) {
      return Optional.empty();
    }
    ContentRange one = stored.part().get();
    ContentRange other = added.part().get();
    boolean adjoin =
        one.total() == other.total()
            && one.first() <= other.last() + 1
            && other.first() <= one.last() + 1;
    return adjoin ? Optional.of(joined(stored, added, one.union(other))) : Optional.empty();
  }

  private static boolean isSame(StoredResponse stored, StoredResponse added) {
    return stored.tag().flatMap(own -> added.tag().filter(own::equalsStrongly)).isPresent()
        && stored.selecting().equals(added.selecting());
  }

  private static StoredResponse joined(
      StoredResponse stored, StoredResponse added, ContentRange range) {
    Fields fields =
        Update.replaced(stored.fields(), added.fields())
            .without(line ->
                line.is("Content-Range") || line.is("Content-Length") || isAbsentAge(line, added));
    boolean whole = range.length() == range.total();
    return new StoredResponse(
        whole ? 200 : 206,
        whole ? fields : fields.plus("Content-Range", range.text()),
        added.selecting(),
        added.requestTime(),
        added.responseTime(),
        range.length(),
        Optional.of(range).filter(_ -> !whole),
        added.suspect());
  }

  /** Times begin anew with the later response. */
  private static boolean isAbsentAge(Field line, StoredResponse added) {
    return line.is("Age") && !added.fields().has("Age");
  }
}
