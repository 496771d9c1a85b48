package io.ccrelay.policy.expression;

import io.ccrelay.policy.expression.value.ClrException;
import io.ccrelay.policy.expression.value.DateFormat;
import io.ccrelay.policy.expression.value.DateTime;
import io.ccrelay.policy.expression.value.DateTimeOffset;
import io.ccrelay.policy.expression.value.JToken;
import io.ccrelay.policy.expression.value.JValue;
import io.ccrelay.policy.expression.value.NumberFormat;
import io.ccrelay.policy.expression.value.Text;
import io.ccrelay.policy.expression.value.TimeSpan;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code ToString()}, formats and the order of texts, all in the invariant culture. */
final class Texts {

  private Texts() {}

  /** {@code ToString()}; of null nothing. */
  static String of(@Nullable Object value) {
    return switch (value) {
      case String text -> text;
      case List<?> ignored -> "System.Collections.Generic.List`1[System.Object]";
      case Map<?, ?> ignored ->
          "System.Collections.Generic.Dictionary`2[System.Object,System.Object]";
      case Set<?> ignored -> "System.Collections.Generic.HashSet`1[System.Object]";
      case NameValues ignored -> "System.Collections.Generic.IReadOnlyDictionary`2";
      case ResponseView ignored -> "IResponse";
      case RequestView ignored -> "IRequest";
      case MessageBody ignored -> "IMessageBody";
      case PolicyContext ignored -> "IContext";
      case null, default -> Text.of(value);
    };
  }

  /** The text of a value that is made within a budget: large trees are measured first. */
  static String of(@Nullable Object value, Frame frame) {
    if (value instanceof String text) {
      return text;
    }
    if (value instanceof JToken token && !(value instanceof JValue)) {
      frame.budget.steps(token.weight() / 1024);
    }
    return frame.made(of(value));
  }

  /**
   * The text of a value in a format.
   *
   * @throws ClrException {@code FormatException} if the value has no such format
   */
  static String format(@Nullable Object value, String format) {
    if (format.isEmpty()) {
      return of(value);
    }
    return switch (value) {
      case Number number -> NumberFormat.format(number, format);
      case DateTime date -> DateFormat.format(date, 0, format);
      case DateTimeOffset date -> moment(date, format);
      case TimeSpan span -> span(span, format);
      case UUID guid -> guid(guid, format);
      case ClrEnum constant ->
          format.equalsIgnoreCase("d") ? "" + constant.number() : constant.name();
      case JValue token -> format(token.value(), format);
      case null, default -> of(value);
    };
  }

  private static String moment(DateTimeOffset date, String format) {
    if (format.length() == 1 && "rRu".contains(format)) {
      return DateFormat.format(date.utc(), 0, format);
    }
    String zoned = format.equalsIgnoreCase("o") ? "yyyy-MM-ddTHH:mm:ss.fffffffzzz" : format;
    return DateFormat.format(date.clock(), date.offsetMinutes(), zoned.replace("K", "zzz"));
  }

  private static String span(TimeSpan span, String format) {
    return switch (format) {
      case "c", "t", "T" -> span.toString();
      case "g", "G" -> span.toString();
      default -> {
        long size = Math.abs(span.ticks());
        var clock =
            new DateTime(size % TimeSpan.DAY + 31 * TimeSpan.DAY, DateTime.Kind.UNSPECIFIED);
        String days = Long.toString(size / TimeSpan.DAY);
        yield DateFormat.format(clock, 0, daysQuoted(format.replace("%", ""), days) + "''");
      }
    };
  }

  /** Puts the number of days, which a calendar does not have, in quotes. */
  private static String daysQuoted(String format, String days) {
    var out = new StringBuilder();
    for (int i = 0; i < format.length(); i++) {
      char c = format.charAt(i);
      if (c == '\\' && i + 1 < format.length()) {
        out.append(c).append(format.charAt(++i));
      } else if (c == 'd') {
        int run = 1;
        while (i + 1 < format.length() && format.charAt(i + 1) == 'd') {
          run++;
          i++;
        }
        out.append('\'').repeat("0", Math.max(0, run - days.length())).append(days).append('\'');
      } else {
        out.append(c == 'h' ? 'H' : c);
      }
    }
    return out.toString();
  }

  private static String guid(UUID guid, String format) {
    String text = guid.toString();
    return switch (format.toLowerCase(Locale.ROOT)) {
      case "n" -> text.replace("-", "");
      case "d" -> text;
      case "b" -> "{" + text + "}";
      case "p" -> "(" + text + ")";
      default ->
          throw ClrException.format(
              "Format string can be only \"D\", \"d\", \"N\", \"n\", \"P\", \"p\", \"B\" or \"b\".");
    };
  }

  /** A text widened with blanks: to the right if {@code width} is positive. */
  static String aligned(String text, int width) {
    int missing = Math.abs(width) - text.length();
    if (missing <= 0) {
      return text;
    }
    return width > 0 ? " ".repeat(missing) + text : text + " ".repeat(missing);
  }

  /** {@code string.Format}. */
  static String composite(String format, @Nullable Object[] arguments, Frame frame) {
    var out = new StringBuilder(format.length() + 16);
    int at = 0;
    while (at < format.length()) {
      char c = format.charAt(at);
      boolean twice = at + 1 < format.length() && format.charAt(at + 1) == c;
      if ((c == '{' || c == '}') && twice) {
        out.append(c);
        at += 2;
      } else if (c == '{') {
        int end = format.indexOf('}', at);
        if (end < 0) {
          throw Conversions.wrongFormat();
        }
        out.append(frame.made(item(format.substring(at + 1, end), arguments, frame)));
        at = end + 1;
      } else if (c == '}') {
        throw Conversions.wrongFormat();
      } else {
        out.append(c);
        at++;
      }
    }
    return frame.made(out.toString());
  }

  private static String item(String item, @Nullable Object[] arguments, Frame frame) {
    int colon = item.indexOf(':');
    String head = colon < 0 ? item : item.substring(0, colon);
    int comma = head.indexOf(',');
    int index = number(comma < 0 ? head : head.substring(0, comma));
    int width = comma < 0 ? 0 : number(head.substring(comma + 1));
    if (index < 0 || index >= arguments.length) {
      throw ClrException.format(
          "Index (zero based) must be greater than or equal to zero and less than the size of the"
              + " argument list.");
    }
    frame.budget.allocate(2L * Math.abs((long) width));
    return aligned(format(arguments[index], colon < 0 ? "" : item.substring(colon + 1)), width);
  }

  private static int number(String digits) {
    try {
      return Integer.parseInt(digits.strip());
    } catch (NumberFormatException none) {
      throw Conversions.wrongFormat();
    }
  }

  /** The order of texts for people: letter case decides last, small letters first. */
  static int compare(String left, String right) {
    int order = left.compareToIgnoreCase(right);
    return order != 0 ? order : -Integer.signum(left.compareTo(right));
  }
}
