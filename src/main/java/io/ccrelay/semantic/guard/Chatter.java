package io.ccrelay.semantic.guard;

import java.util.regex.Pattern;

/**
 * Takes away what people say around a request without asking anything by it: "ok so quick
 * question", "sorry to bother you", "any idea?"; and writes out what is written as it is spoken:
 * "whats", "gonna". Closed turns of talk, whatever it is about.
 */
final class Chatter {

  private static final String PAUSE = "(?:[,.!:;\\u2026-]+\\s*|\\s+)";

  private static final Pattern BEFORE =
      Pattern.compile(
          "(?i)^(?:(?:hi|hello|hey|hmm+|um+|uh+|oh|ok|okay|so|well|alright|all right|right|listen|look|yo"
              + "|like|basically|actually|honestly|just curious|curious|quick question|question|please|pls|plz"
              + "|good (?:morning|evening|afternoon)|sorry(?: to (?:bother|disturb|ask)(?: you)?)?"
              + "|excuse me|pardon(?: me)?|there|everyone|all|guys|folks|mate|friend"
              + "|(?:thanks|thank you) in advance|one (?:quick )?question|i have (?:a|one) (?:quick )?question"
              + "|(?:quick |stupid |dumb |silly |simple |random )question(?: here| for you)?"
              + "|i(?: am| was)? (?:just )?(?:wondering|thinking|curious)(?: about this)?"
              + "|i(?: am)? (?:kinda |a bit |really )?(?:stuck|confused|lost|new|new here)(?: here)?"
              + "|(?:do|would) you (?:happen to )?(?:know|have any idea),?|any (?:idea|clue)|help(?: me)?(?= )"
              + ")(?=[\\s,.!:;\\u2026-])"
              + PAUSE
              + ")+(?=\\S)");

  private static final Pattern AFTER =
      Pattern.compile(
          "(?i)(?:[,.;!?-]|\\s-)\\s*(?:please|pls|plz|thanks(?: in advance| a lot)?|thank you(?: very much)?|thx"
              + "|any (?:idea|ideas|clue|advice|tips|help)|do you know|you know|if you (?:can|could|do not mind)"
              + "|by any chance|cheers|i wonder|just curious|right|lol|exactly|can you help(?: me)?|help)\\s*[?.!]*\\s*$");

  private static final Pattern WISH =
      Pattern.compile(
          "(?i)^(?:please )?(?:i (?:want|need|would like|like) you to|would you mind|do you mind"
              + "|(?:can|could|would|will) you (?:please |kindly )?(?:help me (?:to )?)?(?=(?:write|draft|compose|show|explain"
              + "|tell|give|list|name|suggest|recommend|summarize|summarise|translate|describe|convert|find"
              + "|calculate|create|make|generate|fix|check|compare|provide)\\b))\\s*(?:please )?");

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
    plain = orElse(BEFORE.matcher(plain).replaceFirst(""), plain);
    plain = orElse(AFTER.matcher(plain).replaceFirst(""), plain);
    String asked = WISH.matcher(plain).replaceFirst("");
    return asked.equals(plain) ? plain : orElse(infinitive(asked), plain);
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
    String plain = text.replaceAll("(?i)\\bgonna\\b", "going to").replaceAll("(?i)\\bwanna\\b", "want to");
    plain = plain.replaceAll("(?i)\\bgotta\\b", "have to").replaceAll("(?i)\\blemme\\b", "let me");
    plain = plain.replaceAll("(?i)\\b(e|wi|co|on|pre|semi|sub|multi)-(?=\\p{L}{2})", "$1");
    return BARE
        .matcher(plain)
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
