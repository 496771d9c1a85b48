package io.ccrelay.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Dates of HTTP (RFC 9110 section 5.6.7): read in three forms, written in one. Safe for use from
 * any context.
 *
 * <p>Letter case is ignored and the day of the week need not fit the date; anything else that
 * differs from the three forms is no date.
 */
public final class HttpDate {

  private static final String DAY = "(?:mon|tue|wed|thu|fri|sat|sun)";
  private static final String LONG_DAY =
      "(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)";
  private static final String MONTH = "(?<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)";
  private static final String TIME = "(?<hour>[0-9]{2}):(?<minute>[0-9]{2}):(?<second>[0-9]{2})";

  private static final Pattern IMF =
      form(DAY + ", (?<day>[0-9]{2}) " + MONTH + " (?<year>[0-9]{4}) " + TIME + " gmt");
  private static final Pattern RFC_850 =
      form(LONG_DAY + ", (?<day>[0-9]{2})-" + MONTH + "-(?<year>[0-9]{2}) " + TIME + " gmt");
  private static final Pattern ASCTIME =
      form(DAY + " " + MONTH + " (?<day>[0-9]{2}| [0-9]) " + TIME + " (?<year>[0-9]{4})");

  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

  private static final DateTimeFormatter FIXDATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private static final int LONGEST = 33;

  private HttpDate() {}

  /** {@code instant} in the preferred form, in whole seconds. */
  public static String format(Instant instant) {
    return FIXDATE.format(instant);
  }

  /** {@code fields} with {@code Date} at receipt if the sender gave none (RFC 9110 6.6.1). */
  public static Fields stamp(Fields fields, Instant receipt) {
    return fields.has("Date") ? fields : fields.plus("Date", format(receipt));
  }

  /**
   * The instant {@code text} means.
   *
   * @param now decides the century of a two-digit year: never more than 50 years ahead
   */
  public static Optional<Instant> parse(String text, Instant now) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    for (Pattern form : List.of(IMF, RFC_850, ASCTIME)) {
      Matcher parts = form.matcher(text);
      if (parts.matches()) {
        return instant(parts, now);
      }
    }
    return Optional.empty();
  }

  private static Optional<Instant> instant(Matcher parts, Instant now) {
    int hour = Integer.parseInt(parts.group("hour"));
    int minute = Integer.parseInt(parts.group("minute"));
    int second = Integer.parseInt(parts.group("second"));
    if (hour > 23 || minute > 59 || second > 60) {
      return Optional.empty();
    }
    try {
      int month = MONTHS.indexOf(ListMembers.lower(parts.group("month"))) + 1;
      int day = Integer.parseInt(ListMembers.trim(parts.group("day")));
      var midnight = LocalDate.of(year(parts.group("year"), now), month, day).atStartOfDay();
      long secondOfDay = hour * 3600L + minute * 60L + second;
      return Optional.of(midnight.plusSeconds(secondOfDay).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException noSuchDay) {
      return Optional.empty();
    }
  }

  private static int year(String digits, Instant now) {
    int year = Integer.parseInt(digits);
    if (digits.length() == 4) {
      return year;
    }
    int current = ZonedDateTime.ofInstant(now, ZoneOffset.UTC).getYear();
    int candidate = current - Math.floorMod(current, 100) + year;
    int ahead = candidate - current;
    if (ahead > 50) {
      return candidate - 100;
    }
    return ahead <= -50 ? candidate + 100 : candidate;
  }

  private static Pattern form(String expression) {
    return Pattern.compile(expression, Pattern.CASE_INSENSITIVE);
  }
}
