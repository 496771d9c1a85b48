package io.ccrelay.policy.expression.value;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads dates in the forms the invariant culture knows. */
public final class DateReader {

  private static final int MINUTES_OF_AN_HOUR = 60;

  private static final String TIME =
      "(?:(?<hour>\\d{1,2}):(?<minute>\\d{2})(?::(?<second>\\d{2})(?:[.,](?<fraction>\\d{1,7})\\d*)?)?"
          + "(?:\\s*(?<half>[AaPp][Mm]))?)";
  private static final String ZONE = "(?:\\s*(?<zone>Z|z|GMT|UTC|[+-]\\d{2}(?::?\\d{2})?))";

  private static final List<Pattern> FORMS =
      List.of(
          Pattern.compile(
              "(?<year>\\d{4})[-/](?<month>\\d{1,2})[-/](?<day>\\d{1,2})(?:(?:T|\\s+)"
                  + TIME
                  + ZONE
                  + "?)?"),
          Pattern.compile(
              "(?<month>\\d{1,2})[-/](?<day>\\d{1,2})[-/](?<year>\\d{4})(?:\\s+"
                  + TIME
                  + ZONE
                  + "?)?"),
          Pattern.compile(
              "(?:[A-Za-z]{3,9},\\s*)?(?<day>\\d{1,2})[ -](?<month>[A-Za-z]{3,9})[ -](?<year>\\d{4})(?:\\s+"
                  + TIME
                  + ZONE
                  + "?)?"),
          Pattern.compile(
              "(?:[A-Za-z]{3,9},\\s*)?(?<month>[A-Za-z]{3,9})\\s+(?<day>\\d{1,2}),?\\s+(?<year>\\d{4})(?:\\s+"
                  + TIME
                  + ZONE
                  + "?)?"));

  private static final Pattern JSON_FORM =
      Pattern.compile(
          "(?<year>\\d{4})-(?<month>\\d{2})-(?<day>\\d{2})T(?<hour>\\d{2}):(?<minute>\\d{2}):(?<second>\\d{2})"
              + "(?:\\.(?<fraction>\\d{1,7})\\d*)?(?<zone>Z|[+-]\\d{2}:\\d{2})?");

  private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";
  private static final int LONGEST = 64;

  private DateReader() {}

  /** A date as a JSON text has it, {@code null} for any other text. */
  static @Nullable DateTime fromJson(String text) {
    boolean likely =
        text.length() >= 19
            && text.length() <= LONGEST
            && text.charAt(4) == '-'
            && text.charAt(10) == 'T';
    Matcher form = likely ? JSON_FORM.matcher(text) : null;
    if (form == null || !form.matches()) {
      return null;
    }
    Parts parts = parts(form, false);
    return parts == null ? null : parts.roundTrip();
  }

  /** Reads a date; one with a zone is turned to local time. {@code null} if it is none. */
  public static @Nullable DateTime dateTime(String text) {
    Parts parts = read(text);
    return parts == null ? null : parts.localised();
  }

  /** Reads a date; without a zone it is in UTC. {@code null} if it is none. */
  public static @Nullable DateTimeOffset dateTimeOffset(String text) {
    Parts parts = read(text);
    return parts == null ? null : parts.withOffset();
  }

  private static @Nullable Parts read(String text) {
    String stripped = text.strip();
    if (stripped.length() > LONGEST) {
      return null;
    }
    for (Pattern pattern : FORMS) {
      Matcher form = pattern.matcher(stripped);
      if (form.matches()) {
        return parts(form, true);
      }
    }
    return null;
  }

  private static @Nullable Parts parts(Matcher form, boolean halves) {
    try {
      int hour = number(form.group("hour"));
      String half = halves ? form.group("half") : null;
      if (half != null) {
        hour = hour % 12 + (half.toLowerCase(Locale.ROOT).equals("pm") ? 12 : 0);
      }
      String fraction = form.group("fraction");
      int ticks = fraction == null ? 0 : number((fraction + "0000000").substring(0, 7));
      var clock =
          LocalDateTime.of(
              number(form.group("year")),
              month(form.group("month")),
              number(form.group("day")),
              hour,
              number(form.group("minute")),
              number(form.group("second")),
              ticks * 100);
      return new Parts(DateTime.of(clock, DateTime.Kind.UNSPECIFIED), offset(form.group("zone")));
    } catch (DateTimeException | ClrException outsideOfTheCalendar) {
      return null;
    }
  }

  private static int number(@Nullable String digits) {
    return digits == null ? 0 : Integer.parseInt(digits);
  }

  private static int month(String month) {
    if (Character.isDigit(month.charAt(0))) {
      return number(month);
    }
    int at = MONTHS.indexOf(month.substring(0, 3).toLowerCase(Locale.ROOT));
    return at % 3 == 0 ? at / 3 + 1 : 0;
  }

  private static @Nullable Integer offset(@Nullable String zone) {
    if (zone == null) {
      return null;
    }
    if (Character.isLetter(zone.charAt(0))) {
      return 0;
    }
    String digits = zone.substring(1).replace(":", "");
    int minutes =
        number(digits.substring(0, 2)) * MINUTES_OF_AN_HOUR
            + (digits.length() > 2 ? number(digits.substring(2)) : 0);
    return zone.charAt(0) == '-' ? -minutes : minutes;
  }

  /** A clock's time and, if the text has a zone, its offset in minutes. */
  private record Parts(DateTime clock, @Nullable Integer offset) {

    DateTime localised() {
      return offset == null ? clock : clock.plus(-offset * TimeSpan.MINUTE).as(DateTime.Kind.LOCAL);
    }

    DateTime roundTrip() {
      return offset != null && offset == 0 ? clock.as(DateTime.Kind.UTC) : localised();
    }

    DateTimeOffset withOffset() {
      return new DateTimeOffset(clock, offset == null ? 0 : offset);
    }
  }
}
