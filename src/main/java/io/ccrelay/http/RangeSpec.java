package io.ccrelay.http;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ranges of a {@code Range} field (RFC 9110 section 14.1.2).
 *
 * @param members the ranges in order, well-formed, not compared with any length yet
 */
record RangeSpec(List<Member> members) {

  private static final Pattern FORM = Pattern.compile("([0-9]*)-([0-9]*)");
  private static final BigInteger LARGEST = BigInteger.valueOf(Long.MAX_VALUE);

  /** One range: {@code first-last}, {@code first-} or {@code -suffix}. */
  record Member(Optional<Long> first, Optional<Long> last) {

    boolean isWellFormed() {
      if (first.isEmpty()) {
        return last.isPresent();
      }
      return last.isEmpty() || last.get() >= first.get();
    }

    Optional<ContentRange> resolve(long total) {
      long begin = first.orElseGet(() -> Math.max(0, total - last.orElse(0L)));
      long end = first.isPresent() ? Math.min(last.orElse(Long.MAX_VALUE), total - 1) : total - 1;
      return begin <= end ? Optional.of(new ContentRange(begin, end, total)) : Optional.empty();
    }
  }

  /** The ranges asked for; empty if there are none, in another unit, or malformed. */
  static Optional<RangeSpec> parse(Fields request) {
    var lines = request.all("Range");
    if (lines.size() != 1 || !lines.getFirst().regionMatches(true, 0, "bytes=", 0, 6)) {
      return Optional.empty();
    }
    var members = new ArrayList<Member>();
    for (String text : ListMembers.of(lines.getFirst().substring(6))) {
      Matcher form = FORM.matcher(text);
      if (!form.matches()) {
        return Optional.empty();
      }
      members.add(new Member(number(form.group(1)), number(form.group(2))));
    }
    return !members.isEmpty() && members.stream().allMatch(Member::isWellFormed)
        ? Optional.of(new RangeSpec(List.copyOf(members)))
        : Optional.empty();
  }

  int count() {
    return members.size();
  }

  /** The ranges that a whole of {@code total} bytes can satisfy. */
  List<ContentRange> resolve(long total) {
    return members.stream().flatMap(member -> member.resolve(total).stream()).toList();
  }

  /** Whether two of {@code ranges} share a byte. */
  static boolean overlap(List<ContentRange> ranges) {
    var sorted = ranges.stream().sorted(Comparator.comparingLong(ContentRange::first)).toList();
    for (int i = 1; i < sorted.size(); i++) {
      if (sorted.get(i).first() <= sorted.get(i - 1).last()) {
        return true;
      }
    }
    return false;
  }

  private static Optional<Long> number(String digits) {
    return digits.isEmpty()
        ? Optional.empty()
        : Optional.of(new BigInteger(digits).min(LARGEST).longValueExact());
  }
}
