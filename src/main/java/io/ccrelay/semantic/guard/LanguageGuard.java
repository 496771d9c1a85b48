package io.ccrelay.semantic.guard;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Objects when the answer is wanted in different languages, and when a prompt is not recognised as
 * English and the other is not the same word for word: the other guards know English only.
 */
final class LanguageGuard implements Guard {

  private static final Set<String> LANGUAGES =
      Words.set(
          "english french german spanish italian portuguese dutch swedish norwegian danish finnish",
          "icelandic polish czech slovak hungarian romanian bulgarian greek turkish russian ukrainian",
          "serbian croatian slovenian latvian lithuanian estonian arabic hebrew persian farsi hindi",
          "bengali urdu punjabi tamil telugu marathi gujarati thai vietnamese indonesian malay",
          "tagalog filipino chinese mandarin cantonese japanese korean swahili latin esperanto irish",
          "welsh catalan basque galician deutsch francais espanol englisch italiano portugues");

  /** Frequent function words of other languages in Latin letters that English does not have. */
  private static final Set<String> FOREIGN =
      Words.set(
          "der das und ist nicht ein eine einen einem mit wie ich wer wo wann warum auf fuer f\u00fcr zu",
          "dem des im sind kann mein meine sich auch oder wenn bei nach von vom zum zur",
          "le la les un une des du de et est que qui dans pas sur avec comment pourquoi je vous",
          "mon ma mes quelle quel quels el los las una unos y es por para con como c\u00f3mo qu\u00e9 que",
          "cu\u00e1l cual porque mi su il lo gli di e che per non sono quando dove perch\u00e9 della",
          "o os um uma em n\u00e3o como qual meu minha het een van en niet hoe wat ik mijn zijn och att",
          "det som jag hur inte p\u00e5 er ikke jeg og av til jak jest nie czy si\u0119 je na w z ve bir bu");

  @Override
  public boolean objects(Prompt one, Prompt other) {
    return !named(one).equals(named(other))
        || ((!isEnglish(one) || !isEnglish(other)) && !texts(one).equals(texts(other)));
  }

  private static Set<String> named(Prompt prompt) {
    var named = new TreeSet<String>();
    prompt.words().stream().map(Word::text).filter(LANGUAGES::contains).forEach(named::add);
    return named;
  }

  private static List<String> texts(Prompt prompt) {
    return prompt.words().stream().map(Word::text).toList();
  }

  static boolean isEnglish(Prompt prompt) {
    boolean latin = prompt.scripts().stream().allMatch(Character.UnicodeScript.LATIN::equals);
    if (!latin) {
      return false;
    }
    long english = prompt.words().stream().map(Word::text).filter(LanguageGuard::english).count();
    long foreign = prompt.words().stream().map(Word::text).filter(FOREIGN::contains).count();
    return foreign == 0 || english > foreign;
  }

  private static boolean english(String word) {
    return Grammar.isFunction(word) && !FOREIGN.contains(word);
  }
}
