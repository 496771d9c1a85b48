package io.ccrelay.policy.expression.value;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** Custom numeric formats, for instance {@code #,##0.00}. */
final class NumberPattern {

  private final StringBuilder before = new StringBuilder();
  private final StringBuilder after = new StringBuilder();
  private int wholeDigits;
  private int leastFraction;
  private int mostFraction;
  private boolean grouped;
  private int shift;
  private boolean digitSeen;

  private NumberPattern(String section) {
    boolean fraction = false;
    boolean zeroSeen = false;
    for (int i = 0; i < section.length(); i++) {
      char c = section.charAt(i);
      switch (c) {
        case '0', '#' -> {
          digitSeen = true;
          zeroSeen |= c == '0';
          if (fraction) {
            mostFraction++;
            leastFraction = c == '0' ? mostFraction : leastFraction;
          } else if (zeroSeen) {
            wholeDigits++;
          }
        }
        case '.' -> fraction = true;
        case ',' -> grouped |= digitSeen && !fraction;
        case '\'', '"' -> i = quoted(section, i);
        case '\\' -> literal(i + 1 < section.length() ? section.charAt(++i) : '\\');
        default -> {
          shift += c == '%' ? 2 : c == '\u2030' ? 3 : 0;
          literal(c);
        }
      }
    }
  }

  private int quoted(String section, int from) {
    int end = section.indexOf(section.charAt(from), from + 1);
    int stop = end < 0 ? section.length() : end;
    for (int i = from + 1; i < stop; i++) {
      literal(section.charAt(i));
    }
    return stop;
  }

  private void literal(char c) {
    (digitSeen ? after : before).append(c);
  }

  static String format(BigDecimal number, String format) {
    List<String> sections = sections(format);
    if (number.signum() < 0 && sections.size() > 1 && !sections.get(1).isEmpty()) {
      return new NumberPattern(sections.get(1)).apply(number.abs());
    }
    if (number.signum() == 0 && sections.size() > 2) {
      return new NumberPattern(sections.get(2)).apply(number);
    }
    return new NumberPattern(sections.getFirst()).apply(number);
  }

  private static List<String> sections(String format) {
    var sections = new ArrayList<String>();
    int from = 0;
    char quote = 0;
    for (int i = 0; i < format.length(); i++) {
      char c = format.charAt(i);
      if (quote == 0 && c == ';') {
        sections.add(format.substring(from, i));
        from = i + 1;
      } else if (c == '\'' || c == '"') {
        quote = quote == 0 ? c : quote == c ? 0 : quote;
      }
    }
    sections.add(format.substring(from));
    return sections;
  }

  private String apply(BigDecimal number) {
    BigDecimal rounded = number.movePointRight(shift).setScale(mostFraction, RoundingMode.HALF_UP);
    String digits = rounded.abs().toPlainString();
    int point = digits.indexOf('.') < 0 ? digits.length() : digits.indexOf('.');
    String whole = digits.substring(0, point).equals("0") ? "" : digits.substring(0, point);
    whole = "0".repeat(Math.max(0, wholeDigits - whole.length())) + whole;
    String fraction = point < digits.length() ? digits.substring(point + 1) : "";
    int kept = fraction.length();
    while (kept > leastFraction && fraction.charAt(kept - 1) == '0') {
      kept--;
    }
    return (rounded.signum() < 0 ? "-" : "")
        + before
        + (digitSeen ? (grouped ? NumberFormat.grouped(whole) : whole) : "")
        + (kept > 0 ? "." + fraction.substring(0, kept) : "")
        + after;
  }
}
