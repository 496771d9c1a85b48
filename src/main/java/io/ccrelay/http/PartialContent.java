package io.ccrelay.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/**
 * How parts of a stored response look on the wire (RFC 9110 sections 14.4, 14.6, 15.3.7 and
 * 15.5.17). Safe for use from any context.
 */
public final class PartialContent {

  private static final Set<String> IN_UNSATISFIABLE =
      Set.of("accept-ranges", "age", "cache-status", "date");

  private PartialContent() {}

  /** The fields of a 206 with one {@code range}, given those of the whole. */
  public static Fields single(Fields whole, ContentRange range) {
    return whole
        .with("Content-Range", range.text())
        .with("Content-Length", Long.toString(range.length()));
  }

  /** The fields of a 206 with several ranges, given those of the whole. */
  public static Fields multipart(Fields whole, Multipart multipart) {
    return whole
        .without(line -> line.is("Content-Range"))
        .with("Content-Type", "multipart/byteranges; boundary=" + multipart.boundary())
        .with("Content-Length", Long.toString(multipart.length()));
  }

  /** The fields of a 416 without content, given those of the whole. */
  public static Fields unsatisfiable(Fields whole, RangePlan.Unsatisfiable plan) {
    return whole
        .without(line -> !IN_UNSATISFIABLE.contains(ListMembers.lower(line.name())))
        .plus("Content-Range", plan.contentRange())
        .plus("Content-Length", "0");
  }

  /**
   * The text between the parts: for each range {@link #before}, then its bytes; at last {@link
   * #end}.
   *
   * @param boundary a token that the content does not contain
   * @param contentType {@code Content-Type} of the whole, empty if it has none
   * @param ranges the parts in order
   */
  public record Multipart(String boundary, String contentType, List<ContentRange> ranges) {

    /** Makes the list immutable. */
    public Multipart {
      ranges = List.copyOf(ranges);
    }

    /** The multipart form of {@code ranges} of a response with the fields {@code whole}. */
    public static Multipart of(String boundary, Fields whole, List<ContentRange> ranges) {
      return new Multipart(boundary, whole.first("Content-Type").orElse(""), ranges);
    }

    /** What precedes the bytes of {@code range}. */
    public String before(ContentRange range) {
      String type = contentType.isEmpty() ? "" : "Content-Type: " + contentType + "\r\n";
      return "\r\n--" + boundary + "\r\n" + type + "Content-Range: " + range.text() + "\r\n\r\n";
    }

    /** What follows the last part. */
    public String end() {
      return "\r\n--" + boundary + "--\r\n";
    }

    /** Length of the whole content in bytes. */
    public long length() {
      return bytes(end())
          + ranges.stream().mapToLong(range -> bytes(before(range)) + range.length()).sum();
    }

    private static long bytes(String text) {
      return text.getBytes(StandardCharsets.ISO_8859_1).length;
    }
  }
}
