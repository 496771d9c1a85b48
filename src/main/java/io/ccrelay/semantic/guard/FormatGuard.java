package io.ccrelay.semantic.guard;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Objects when the wanted form, tone, length or audience of the answer differs. */
final class FormatGuard implements Guard {

  /** Say a form wherever they stand. */
  private static final Set<String> FORMS =
      Words.set(
          "json xml yaml toml csv html markdown latex pdf plaintext bullet bullets bulleted numbered",
          "essay poem haiku limerick sonnet tweet headline outline checklist timeline",
          "flowchart diagram",
          "detail details detailed brief briefly concise concisely",
          "formal informal casual formally humorous serious polite politely friendly professional",
          "layman beginner expert eli5");

  /** Say a form only after one of {@link #AS}. */
  private static final Set<String> AFTER_AS =
      Words.set(
          "list table email letter report story song code script function query page post paragraph",
          "sentence sentences paragraphs words chart");

  private static final Set<String> AS = Set.of("as", "into");

  @Override
  public boolean objects(Prompt one, Prompt other) {
    return !forms(one).equals(forms(other));
  }

  private static Set<String> forms(Prompt prompt) {
    var forms = new TreeSet<String>();
    List<Word> words = prompt.words();
    for (int i = 0; i < words.size(); i++) {
      String text = words.get(i).text();
      boolean inDepth = text.equals("depth") && i > 0 && words.get(i - 1).is("in");
      if (isForm(text) || inDepth || (AFTER_AS.contains(text) && followsAs(words, i))) {
        forms.add(words.get(i).stem());
      }
    }
    return forms;
  }

  private static boolean isForm(String text) {
    return FORMS.contains(text)
        || (text.endsWith("s") && FORMS.contains(text.substring(0, text.length() - 1)));
  }

  private static boolean followsAs(List<Word> words, int at) {
    for (int i = Math.max(0, at - 3); i < at; i++) {
      if (AS.contains(words.get(i).text())) {
        return true;
      }
    }
    return false;
  }
}
