package io.ccrelay.semantic.guard;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a prompt, spelled one way: compatibility forms, quotation marks, apostrophes and
 * contractions made plain, quoted passages taken out.
 *
 * @param plain the text with each quoted passage replaced by {@link #MARK}
 * @param shouts whether all of it is in capitals
 * @param quotes the passages, white space made one, in order
 */
record PromptText(String plain, boolean shouts, List<String> quotes) {

  /** Stands where a quoted passage stood. */
  static final String MARK = "\uFFFC";

  private static final Pattern QUOTED =
      Pattern.compile(
          "```(.*?)```|`([^`]+)`|\"([^\"]+)\"|\u00AB([^\u00BB]+)\u00BB|\u300C([^\u300D]+)\u300D"
              + "|(?<![\\p{L}\\p{N}])'([^']{2,}?)'(?![\\p{L}\\p{N}])",
          Pattern.DOTALL);

  private static final Pattern GAPS = Pattern.compile(" {2,}");
  private static final Pattern SPACES = Pattern.compile("\\s+");
  private static final Pattern NOT = Pattern.compile("(?i)\\b(ca|wo|sha|ai)?n't\\b");
  private static final Pattern NEGATED = Pattern.compile("(?i)\\b(\\p{L}+?)n't\\b");
  private static final Pattern WOULD = Pattern.compile("(?i)(?<=\\p{L})'d\\b");
  private static final Pattern IS =
      Pattern.compile("(?i)\\b(what|who|where|when|why|how|it|that|there|here|he|she|let)'s\\b");
  private static final Pattern POSSESSIVE = Pattern.compile("(?i)(?<=\\p{L})'s?(?![\\p{L}\\p{N}])");

  /** Makes the list immutable. */
  PromptText {
    quotes = List.copyOf(quotes);
  }

  static PromptText of(String raw) {
    String text = Normalizer.normalize(raw, Normalizer.Form.NFKC);
    text = text.replace('\u2018', '\'').replace('\u2019', '\'').replace('\u02BC', '\'');
    text = text.replace('\u201C', '"').replace('\u201D', '"').replace('\u201E', '"');
    text = text.replace('\u2013', '-').replace('\u2014', '-').replace('\u2212', '-');
    var quotes = new ArrayList<String>();
    Matcher quoted = QUOTED.matcher(text);
    String plain =
        quoted.replaceAll(found -> {
          quotes.add(passage(found));
          return " " + MARK + " ";
        });
    boolean shouts = plain.equals(plain.toUpperCase(Locale.ROOT));
    plain = GAPS.matcher(plain).replaceAll(" ");
    String asked = Fronting.undone(Chatter.without(Numerals.plain(expanded(plain))));
    return new PromptText(worded(asked), shouts, quotes);
  }

  /** {@code asked} in the one of its wordings that stands for all. */
  private static String worded(String asked) {
    String framed = Frames.plain(Openings.plain(asked));
    return Phrases.plain(Wordings.plain(Measures.plain(framed)));
  }

  private static String passage(java.util.regex.MatchResult found) {
    for (int group = 1; group <= found.groupCount(); group++) {
      if (found.group(group) != null) {
        return SPACES.matcher(found.group(group).strip()).replaceAll(" ");
      }
    }
    return "";
  }

  private static String expanded(String text) {
    if (text.indexOf('\'') < 0) {
      return text;
    }
    String plain =
        text.replaceAll("(?i)\\bcan't\\b", "can not").replaceAll("(?i)\\bwon't\\b", "will not");
    plain = NEGATED.matcher(plain).replaceAll("$1 not");
    plain = NOT.matcher(plain).replaceAll("not");
    plain = IS.matcher(plain).replaceAll("$1 is");
    plain =
        plain
            .replaceAll("(?i)(?<=\\p{L})'ve\\b", " have")
            .replaceAll("(?i)(?<=\\p{L})'ll\\b", " will");
    plain =
        plain.replaceAll("(?i)(?<=\\p{L})'re\\b", " are").replaceAll("(?i)(?<=\\p{L})'m\\b", " am");
    plain = WOULD.matcher(plain).replaceAll("");
    return POSSESSIVE.matcher(plain).replaceAll("");
  }
}
