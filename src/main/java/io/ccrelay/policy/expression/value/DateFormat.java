package io.ccrelay.policy.expression.value;

import java.time.LocalDateTime;
import java.time.format.TextStyle;
import java.util.Locale;

/** Standard and custom formats of dates in the invariant culture. */
public final class DateFormat {

  private static final int MINUTES_OF_AN_HOUR = 60;

  private DateFormat() {}

  /**
   * Formats a date.
   *
   * @param offsetMinutes the offset that {@code zzz} shows, minutes
   * @param format a standard format of one letter or a custom format
   * @throws ClrException {@code FormatException} if the format is unknown
   */
  public static String format(DateTime date, int offsetMinutes, String format) {
    if (format.length() == 1) {
      return custom(date, offsetMinutes, standard(date, format.charAt(0)));
    }
    return custom(date, offsetMinutes, format.isEmpty() ? standard(date, 'G') : format);
  }

  private static String standard(DateTime date, char format) {
    return switch (format) {
      case 'd' -> "MM/dd/yyyy";
      case 'D' -> "dddd, dd MMMM yyyy";
      case 'f' -> "dddd, dd MMMM yyyy HH:mm";
      case 'F', 'U' -> "dddd, dd MMMM yyyy HH:mm:ss";
      case 'g' -> "MM/dd/yyyy HH:mm";
      case 'G' -> "MM/dd/yyyy HH:mm:ss";
      case 'm', 'M' -> "MMMM dd";
      case 'o', 'O' -> "yyyy-MM-ddTHH:mm:ss.fffffff" + roundTripZone(date);
      case 'r', 'R' -> "ddd, dd MMM yyyy HH:mm:ss 'GMT'";
      case 's' -> "yyyy-MM-ddTHH:mm:ss";
      case 't' -> "HH:mm";
      case 'T' -> "HH:mm:ss";
      case 'u' -> "yyyy-MM-dd HH:mm:ss'Z'";
      case 'y', 'Y' -> "yyyy MMMM";
      default -> throw ClrException.format("Input string was not in a correct format.");
    };
  }

  private static String roundTripZone(DateTime date) {
    return switch (date.kind()) {
      case UTC -> "Z";
      case LOCAL -> "zzz";
      case UNSPECIFIED -> "";
    };
  }

  private static String custom(DateTime date, int offsetMinutes, String format) {
    var out = new StringBuilder(format.length() + 8);
    LocalDateTime local = date.local();
    int at = 0;
    while (at < format.length()) {
      char c = format.charAt(at);
      int run = run(format, at);
      if (c == '\'' || c == '"') {
        int end = format.indexOf(c, at + 1);
        if (end < 0) {
          throw ClrException.format(
              "Cannot find a matching quote character for the character '" + c + "'.");
        }
        out.append(format, at + 1, end);
        run = end + 1 - at;
      } else if (c == '\\' && at + 1 < format.length()) {
        out.append(format.charAt(at + 1));
        run = 2;
      } else if (c == '%') {
        run = 1;
      } else if (!field(out, c, run, local, date, offsetMinutes)) {
        out.repeat(c, run);
      }
      at += run;
    }
    return out.toString();
  }

  private static int run(String format, int from) {
    int end = from + 1;
    while (end < format.length() && format.charAt(end) == format.charAt(from)) {
      end++;
    }
    return end - from;
  }

  private static boolean field(
      StringBuilder out, char c, int run, LocalDateTime date, DateTime time, int offset) {
    switch (c) {
      case 'y' -> number(out, run == 2 || run == 1 ? date.getYear() % 100 : date.getYear(), run);
      case 'M' -> month(out, date, run);
      case 'd' -> day(out, date, run);
      case 'H' -> number(out, date.getHour(), Math.min(run, 2));
      case 'h' -> number(out, (date.getHour() + 11) % 12 + 1, Math.min(run, 2));
      case 'm' -> number(out, date.getMinute(), Math.min(run, 2));
      case 's' -> number(out, date.getSecond(), Math.min(run, 2));
      case 'f' -> out.append(fraction(time, run));
      case 'F' -> shortFraction(out, fraction(time, run));
      case 't' -> out.append(date.getHour() < 12 ? "AM" : "PM", 0, Math.min(run, 2));
      case 'z' -> zone(out, offset, run);
      case 'K' -> kind(out, time, offset, run);
      default -> {
        return false;
      }
    }
    return true;
  }

  private static void month(StringBuilder out, LocalDateTime date, int run) {
    if (run > 2) {
      var style = run == 3 ? TextStyle.SHORT : TextStyle.FULL;
      out.append(date.getMonth().getDisplayName(style, Locale.US));
    } else {
      number(out, date.getMonthValue(), run);
    }
  }

  private static void day(StringBuilder out, LocalDateTime date, int run) {
    if (run > 2) {
      var style = run == 3 ? TextStyle.SHORT : TextStyle.FULL;
      out.append(date.getDayOfWeek().getDisplayName(style, Locale.US));
    } else {
      number(out, date.getDayOfMonth(), run);
    }
  }

  private static void number(StringBuilder out, int value, int width) {
    String digits = Integer.toString(value);
    out.repeat('0', Math.max(0, width - digits.length())).append(digits);
  }

  private static String fraction(DateTime time, int digits) {
    if (digits > 7) {
      throw ClrException.format("Input string was not in a correct format.");
    }
    long ticks = time.ticks() % TimeSpan.SECOND;
    return String.format(Locale.ROOT, "%07d", ticks).substring(0, digits);
  }

  /** Without zeros at its end; a point before it goes too if nothing is left. */
  private static void shortFraction(StringBuilder out, String fraction) {
    String kept = fraction.replaceFirst("0+$", "");
    out.append(kept);
    if (kept.isEmpty() && !out.isEmpty() && out.charAt(out.length() - 1) == '.') {
      out.setLength(out.length() - 1);
    }
  }

  private static void zone(StringBuilder out, int offset, int run) {
    int size = Math.abs(offset);
    out.append(offset < 0 ? '-' : '+');
    number(out, size / MINUTES_OF_AN_HOUR, run == 1 ? 1 : 2);
    if (run > 2) {
      out.append(':');
      number(out, size % MINUTES_OF_AN_HOUR, 2);
    }
  }

  private static void kind(StringBuilder out, DateTime time, int offset, int run) {
    for (int i = 0; i < run; i++) {
      switch (time.kind()) {
        case UTC -> out.append('Z');
        case LOCAL -> zone(out, offset, 3);
        case UNSPECIFIED -> {}
      }
    }
  }
}
