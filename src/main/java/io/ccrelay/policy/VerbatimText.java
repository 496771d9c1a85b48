package io.ccrelay.policy;

import static io.ccrelay.policy.ContentReader.CDATA;

import io.ccrelay.policy.Element.Content;
import io.ccrelay.policy.Markup.Unreadable;
import java.util.Optional;

/**
 * The literal content of an element that may hold markup, such as a template: everything up to its
 * end tag, as it stands. Confined to one thread.
 */
final class VerbatimText {

  private final SourceText source;
  private final String text;
  private final Findings findings;

  VerbatimText(SourceText source, Findings findings) {
    this.source = source;
    this.text = source.text();
    this.findings = findings;
  }

  /** Where blanks and comments from {@code from} on end. */
  int afterAsides(int from) {
    int at = source.afterBlanks(from);
    while (text.startsWith("<!--", at)) {
      int close = text.indexOf("-->", at);
      if (close < 0) {
        return at;
      }
      at = source.afterBlanks(close + 3);
    }
    return at;
  }

  /** Where the end tag of {@code element} stands, whose content begins at {@code start}. */
  int closing(int start, String element) throws Unreadable {
    int from = start;
    while (true) {
      int close = text.indexOf("</" + element, from);
      if (close < 0) {
        throw refused(start, "<" + element + "> is not closed");
      }
      int section = text.indexOf(CDATA, from);
      if (section < 0 || section > close) {
        return close;
      }
      int sectionEnd = text.indexOf("]]>", section);
      if (sectionEnd < 0) {
        throw refused(section, "a CDATA section is not closed");
      }
      from = sectionEnd;
    }
  }

  /** What stands from {@code start} to {@code end}; empty if it is blank. */
  Optional<Content> literal(int start, int end) {
    String raw = text.substring(start, end);
    return raw.isBlank()
        ? Optional.empty()
        : Optional.of(flattened(start, end).orElse(new Content(raw, false, start, end)));
  }

  /** A text without elements, comments dropped and references resolved; empty if it has any. */
  private Optional<Content> flattened(int from, int to) {
    var all = new StringBuilder();
    boolean sections = false;
    int at = from;
    int next = text.indexOf('<', at);
    while (next >= 0 && next < to) {
      boolean section = text.startsWith(CDATA, next);
      boolean comment = text.startsWith("<!--", next);
      int close = section ? text.indexOf("]]>", next) : comment ? text.indexOf("-->", next) : -1;
      if (close < 0 || close > to) {
        return Optional.empty();
      }
      all.append(Entities.decoded(text.substring(at, next)));
      all.append(section ? text.substring(next + CDATA.length(), close) : "");
      sections |= section;
      at = close + 3;
      next = text.indexOf('<', at);
    }
    all.append(Entities.decoded(text.substring(at, to)));
    String flat = sections ? all.toString().strip() : all.toString();
    return Optional.of(ContentReader.plainOrCode(flat, from, to));
  }

  private Unreadable refused(int offset, String message) {
    findings.error(source.at(offset), message);
    return new Unreadable();
  }
}
