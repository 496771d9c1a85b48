package io.ccrelay.semantic.guard;

import java.util.regex.Pattern;

/**
 * Takes away what people say around a request without asking anything by it: "ok so quick
 * question", "sorry to bother you", "any idea?"; and writes out what is written as it is spoken:
 * "whats", "gonna". Closed turns of talk, whatever it is about.
 */
final class Chatter {

  /** Said before a request, whatever follows. */
  private static final String FREELY =
      "hi there|hello there|hey there|hi|hello|hey|hmm+|um+|uh+|ok|okay|so like|ok"
          + " so|please|pls|plz|kindly|(?:good (?:morning|evening|afternoon))|sorry(?: to"
          + " (?:bother|disturb|ask)(?: you)?)?(?: but)?|excuse me(?: but)?|pardon me|i(?: am|"
          + " was)? (?:just )?wondering|i (?:was )?just (?:wanted|want) to"
          + " (?:ask|know)|(?:do|would) you (?:happen to )?(?:know|have any idea)|any"
          + " (?:idea|clue)";

  /** Said before a request if a pause follows: else it may belong to it. */
  private static final String PAUSED =
      "so|oh|well|alright|all"
          + " right|right|listen|look|yo|like|basically|actually|honestly|guys|folks|everyone|(?:just"
          + " )?curious|just wondering|(?:one |a |just a )?(?:quick |stupid |dumb |silly |simple"
          + " |random )?question(?: here| for you)?|i have (?:a|one) (?:quick )?question|(?:many"
          + " )?(?:thanks|thank you)(?: in advance)?|i(?: am| was)? (?:just"
          + " )?(?:wondering|thinking|curious)(?: about this)?|i am (?:kinda |a bit |really |new,?"
          + " and )?(?:stuck|confused|lost|new|new here)(?: here)?|help";

  private static final Pattern BEFORE =
      Pattern.compile(
          "(?i)^(?:(?:"
              + FREELY
              + ")(?=[\\s,.!:;\\u2026-])|(?:"
              + PAUSED
              + ")(?=\\s?[,.!:;\\u2026-]))[\\s,.!:;\\u2026-]++");

  /** More turns than this are no way to begin a request. */
  private static final int MOST_TURNS = 6;

  private static final Pattern AFTER =
      Pattern.compile(
          "(?i)(?:[,.;!?-]|\\s-)\\s*(?:please|pls|plz|thanks(?: in advance| a lot)?|thank you(?:"
              + " very much)?|thx|any (?:idea|ideas|clue|advice|tips|help)|do you know|you know|if"
              + " you (?:can|could|do not mind)|by any chance|cheers|i wonder|just"
              + " curious|right|lol|exactly|can you help(?: me)?|help)\\s*[?.!]*\\s*$");

  /** What is left of "do you know if". */
  private static final Pattern IF = Pattern.compile("(?i)^if (?=[^,]*\\?\\s*$)");

  private static final Pattern WISH =
      Pattern.compile(
          "(?i)^(?:please )?(?:i (?:want|need|would like|like) you to|would you mind|do you"
              + " mind|(?:can|could|would|will) you (?:please |kindly )?(?:help me (?:to"
              + " )?)?(?=(?:write|draft|compose|show|explain"
              + "|tell|give|list|name|suggest|recommend|summarize|summarise|translate|describe|convert|find|calculate|create|make|generate|fix|check|compare|provide)\\b))\\s*(?:please"
              + " )?");

  private static final Pattern GERUND =
      Pattern.compile(
          "(?i)^(show|explain|tell|suggest|recommend|list|translat|giv|writ|describ|nam)ing\\b");

  private static final Pattern BARE =
      Pattern.compile(
          "(?i)\\b(?:(what|where|who|how|when|why|that|there)(s|re)|(do|does|did|is|are|was|has|have|could|would"
              + "|should)nt|(ca)nt|i(m|ve))\\b(?!')");

  private Chatter() {}

  /** {@code text} without it; the text itself if nothing else would be left. */
  static String without(String text) {
    String plain = written(text.strip());
    plain = unprefaced(plain);
    plain = IF.matcher(plain).replaceFirst("whether ");
    plain = orElse(AFTER.matcher(plain).replaceFirst(""), plain);
    String asked = WISH.matcher(plain).replaceFirst("");
    return asked.equals(plain) ? plain : orElse(infinitive(asked), plain);
  }

  private static String unprefaced(String text) {
    String plain = text;
    for (int i = 0; i < MOST_TURNS; i++) {
      String rest = orElse(BEFORE.matcher(plain).replaceFirst(""), plain);
      if (rest.equals(plain)) {
        return plain;
      }
      plain = rest;
    }
    return plain;
  }

  private static String orElse(String stripped, String whole) {
    return stripped.isBlank() ? whole : stripped;
  }

  private static String infinitive(String asked) {
    return GERUND
        .matcher(asked)
        .replaceFirst(found ->
            found.group(1).matches("(?i)translat|giv|writ|describ|nam")
                ? found.group(1) + "e"
                : found.group(1));
  }

  private static String written(String text) {
    String plain =
        text.replaceAll("(?i)\\bgonna\\b", "going to").replaceAll("(?i)\\bwanna\\b", "want to");
    plain = plain.replaceAll("(?i)\\bgotta\\b", "have to").replaceAll("(?i)\\blemme\\b", "let me");
    plain = plain.replaceAll("(?i)\\b(e|wi|co|on|pre|semi|sub|multi)-(?=\\p{L}{2})", "$1");
    return BARE.matcher(plain)
        .replaceAll(found ->
            found.group(1) != null
                ? found.group(1) + (found.group(2).equalsIgnoreCase("s") ? " is" : " are")
                : found.group(3) != null
                    ? found.group(3) + " not"
                    : found.group(4) != null
                        ? "can not"
                        : found.group(5).equalsIgnoreCase("m") ? "i am" : "i have");
  }
}
