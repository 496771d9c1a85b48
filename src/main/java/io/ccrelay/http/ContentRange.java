package io.ccrelay.http;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a representation of known length (RFC 9110 section 14.4).
 *
 * @param first position of the first byte, from 0
 * @param last position of the last byte
 * @param total length of the whole in bytes
 */
public record ContentRange(long first, long last, long total) {

  private static final Pattern FORM =
      Pattern.compile("bytes ([0-9]{1,18})-([0-9]{1,18})/([0-9]{1,18})", Pattern.CASE_INSENSITIVE);

  /** Checks that the part lies within the whole. */
  public ContentRange {
    if (first < 0 || last < first || total <= last) {
      throw new IllegalArgumentException(
          "range: " + first + "-" + last + "/" + total + " (expected: 0 <= first <= last < total)");
    }
  }

  /** The part that {@code text} names; empty if it is no valid range of bytes. */
  public static Optional<ContentRange> parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    long first = Long.parseLong(form.group(1));
    long last = Long.parseLong(form.group(2));
    long total = Long.parseLong(form.group(3));
    return first <= last && last < total
        ? Optional.of(new ContentRange(first, last, total))
        : Optional.empty();
  }

  /** Number of bytes in the part. */
  public long length() {
    return last - first + 1;
  }

  /** Whether {@code other} lies wholly inside. */
  public boolean contains(ContentRange other) {
    return total == other.total && first <= other.first && other.last <= last;
  }

  /** The least range that holds this and {@code other}. */
  public ContentRange union(ContentRange other) {
    return new ContentRange(Math.min(first, other.first), Math.max(last, other.last), total);
  }

  /** The value of {@code Content-Range}. */
  public String text() {
    return "bytes " + first + "-" + last + "/" + total;
  }
}
