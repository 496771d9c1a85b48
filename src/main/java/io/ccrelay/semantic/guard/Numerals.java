package io.ccrelay.semantic.guard;

import static io.ccrelay.semantic.guard.Turn.anywhere;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes numbers one way: "twenty-five" and "25", "10k" and "10,000", "3 pm" and "15:00", "2+2" and
 * "2 + 2", "an hour and a half" and "1.5 hours".
 */
final class Numerals {

  private static final Map<String, Integer> UNITS =
      Map.ofEntries(
          Map.entry("one", 1),
          Map.entry("first", 1),
          Map.entry("two", 2),
          Map.entry("second", 2),
          Map.entry("three", 3),
          Map.entry("third", 3),
          Map.entry("four", 4),
          Map.entry("fourth", 4),
          Map.entry("five", 5),
          Map.entry("fifth", 5),
          Map.entry("six", 6),
          Map.entry("sixth", 6),
          Map.entry("seven", 7),
          Map.entry("seventh", 7),
          Map.entry("eight", 8),
          Map.entry("eighth", 8),
          Map.entry("nine", 9),
          Map.entry("ninth", 9));

  private static final Map<String, Integer> TENS =
      Map.of(
          "twenty", 20, "thirty", 30, "forty", 40, "fifty", 50, "sixty", 60, "seventy", 70,
          "eighty", 80, "ninety", 90);

  private static final Pattern COMPOUND =
      Pattern.compile(
          "(?i)\\b(twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[- ]"
              + "(?:(one|two|three|four|five|six|seven|eight|nine)"
              + "|(first|second|third|fourth|fifth|sixth|seventh|eighth|ninth))\\b");

  private static final Pattern CLOCK =
      Pattern.compile("(?i)\\b(1[0-2]|0?[1-9])(?:[:.]([0-5]\\d))? ?(?:([ap])m\\b|([ap])\\.m\\.)");

  private static final Pattern THOUSANDS = Pattern.compile("(?<![\\w.])(\\$?\\d{1,6})[kK]\\b");
  private static final String COUNTED =
      "(?:day|week|month|year|hour|minute|second|word|page|character|line|step|person|item|point)s?";

  private static final int NOON = 12;

  /** In this order: some read what others wrote. */
  private static final List<Turn> TURNS =
      List.of(
          anywhere("half", "an? (hour|day|week|month|year) and a half", "1.5 $1s"),
          anywhere("half", "(?:one|1) and a half (?=hours|days|weeks|months|years)", "1.5 "),
          anywhere("half of", "(?:one )?half of (?=\\d)", "50% of "),
          anywhere("quarters of", "three[- ]quarters of (?=\\d)", "75% of "),
          anywhere("quarter of", "(?:a |one )?quarter of (?=\\d)", "25% of "),
          anywhere("dozen", "two dozen", "24"),
          anywhere("dozen", "(?:a|one) dozen", "12"),
          anywhere("couple", "a couple of", "two"),
          anywhere("-", "(\\d+)-(?=" + COUNTED + "\\b)", "$1 "),
          anywhere("one-", "one-(?=" + COUNTED + "\\b)", "1 "),
          anywhere("to the", "(?<=\\d) to the power(?: of)? (?=\\d)", " ^ "),
          anywhere("squared", "(?<=\\d) squared", " ^ 2"),
          anywhere("cubed", "(?<=\\d) cubed", " ^ 3"),
          anywhere("square of", "the square of (\\d+)", "$1 ^ 2"),
          anywhere("+,*,^,\u00D7", "(?<=\\b\\d{1,9}) ?([+*^]) ?(?=\\d{1,9}\\b)", " $1 "),
          anywhere("\u00D7", "(?<=\\d) ?\u00D7 ?(?=\\d)", " * "),
          anywhere("hour,kph,kmh", "kilomet(?:er|re)s? (?:per|an) hour|kph|kmh", "km/h"),
          anywhere("hour", "miles? (?:per|an) hour", "mph"),
          anywhere("dollar", "(?:us|u\\.s\\.|american) dollars?", "USD"));

  private Numerals() {}

  /** {@code text} with its numbers written in figures. */
  static String plain(String text) {
    String plain = COMPOUND.matcher(text).replaceAll(Numerals::compound);
    plain = CLOCK.matcher(plain).replaceAll(Numerals::clock);
    plain =
        THOUSANDS
            .matcher(plain)
            .replaceAll(found -> Matcher.quoteReplacement(found.group(1)) + "000");
    return Turn.allOf(TURNS, plain);
  }

  private static String compound(MatchResult found) {
    String unit = found.group(2) == null ? found.group(3) : found.group(2);
    int value =
        TENS.getOrDefault(found.group(1).toLowerCase(Locale.ROOT), 0)
            + UNITS.getOrDefault(unit.toLowerCase(Locale.ROOT), 0);
    return found.group(2) == null ? value + "th" : Integer.toString(value);
  }

  /** In hours from 0 to 23, as "15:00". */
  private static String clock(MatchResult found) {
    String half = found.group(3) == null ? found.group(4) : found.group(3);
    int hour = Integer.parseInt(found.group(1)) % NOON + (half.equalsIgnoreCase("p") ? NOON : 0);
    return hour + ":" + (found.group(2) == null ? "00" : found.group(2));
  }
}
