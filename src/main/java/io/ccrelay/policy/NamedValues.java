package io.ccrelay.policy;

import io.ccrelay.policy.SourceText.Replacement;
import java.util.ArrayList;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts named values into the text of a document, wherever <code>{{name}}</code> stands and before
 * anything else is read: in attributes, texts and code.
 *
 * <p>Liquid templates and C# write double braces too. What is no name, or is unknown inside a
 * Liquid template, is left alone.
 */
final class NamedValues {

  /** Largest text after replacement, in characters. */
  static final int MAX_CHARS = 1 << 20;

  private static final Pattern REFERENCE =
      Pattern.compile("\\{\\{([ \\t]*)([\\w.-]+)[ \\t]*\\}\\}");
  private static final Pattern LIQUID =
      Pattern.compile(
          "<set-body\\b[^>]{0,400}?template\\s*=\\s*[\"']liquid[\"'][^>]{0,400}>",
          Pattern.CASE_INSENSITIVE);

  private final Map<String, String> values;
  private final Findings findings;

  /**
   * Replaces.
   *
   * @param values by name
   */
  NamedValues(Map<String, String> values, Findings findings) {
    this.values = values;
    this.findings = findings;
  }

  /** {@code original} with its named values. */
  SourceText into(String name, String original) {
    if (!original.contains("{{")) {
      return SourceText.plain(name, original);
    }
    var text = new StringBuilder();
    var replacements = new ArrayList<Replacement>();
    var before = SourceText.plain(name, original);
    var liquid = liquidParts(original);
    int copied = 0;
    Matcher matcher = REFERENCE.matcher(original);
    while (matcher.find() && text.length() <= MAX_CHARS) {
      String value = values.get(matcher.group(2));
      if (value == null) {
        judge(before, matcher, liquid);
        continue;
      }
      text.append(original, copied, matcher.start());
      int start = text.length();
      text.append(value);
      copied = matcher.end();
      replacements.add(new Replacement(matcher.start(), copied, start, text.length()));
    }
    text.append(original, copied, original.length());
    return new SourceText(name, original, text.toString(), replacements);
  }

  private void judge(SourceText before, Matcher matcher, NavigableMap<Integer, Integer> liquid) {
    int at = matcher.start();
    boolean spaced = !matcher.group(1).isEmpty();
    var part = liquid.floorEntry(at);
    boolean inLiquid = part != null && at < part.getValue();
    if (!spaced && !inLiquid) {
      String name = matcher.group(2);
      findings.error(
          before.at(at),
          "named value "
              + Findings.shown(name)
              + " is not configured"
              + Findings.suggestion(name, values.keySet()));
    }
  }

  /** Begin and end of the content of every Liquid template. */
  private static NavigableMap<Integer, Integer> liquidParts(String text) {
    var parts = new TreeMap<Integer, Integer>();
    Matcher matcher = LIQUID.matcher(text);
    int end = 0;
    while (end < text.length() && matcher.find(end)) {
      int close = text.indexOf("</set-body", matcher.end());
      end = close < 0 ? text.length() : close;
      parts.put(matcher.end(), end);
    }
    return parts;
  }
}
