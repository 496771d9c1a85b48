package io.ccrelay.policy;

import io.ccrelay.policy.Element.Attribute;
import io.ccrelay.policy.Element.Content;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the elements of a document that need not be XML: expressions may stand unescaped in
 * attributes and texts, ampersands may stand alone. {@code DOCTYPE} is refused, and so are depth,
 * number and size beyond bounds. Expressions are cut out by their brackets, escaped and unescaped
 * ones alike, each attribute judged for itself.
 *
 * <p>Confined to one thread. Never throws anything but {@link Unreadable}; that every loop ends is
 * due to {@link #at}, which only grows.
 */
final class Markup {

  static final int MAX_DEPTH = 64;
  static final int MAX_ELEMENTS = 10_000;
  static final int MAX_ATTRIBUTES = 64;

  /** The element whose content is often markup itself: a template or a message. */
  private static final String VERBATIM = "set-body";

  private final SourceText source;
  private final String text;
  private final Findings findings;
  private final ContentReader contents;
  private final OpenElements open;
  private int at;
  private int elements;

  private Markup(SourceText source, Findings findings) {
    this.source = source;
    this.text = source.text();
    this.findings = findings;
    this.contents = new ContentReader(source, findings);
    this.open = new OpenElements(source, findings);
  }

  /** Nothing can be read from here on. */
  static final class Unreadable extends Exception {

    private static final long serialVersionUID = 1;

    Unreadable() {
      super(null, null, false, false);
    }
  }

  /** The outermost elements of {@code source}; what is wrong goes to {@code findings}. */
  static List<Element> read(SourceText source, Findings findings) {
    var markup = new Markup(source, findings);
    try {
      markup.run();
    } catch (Unreadable e) {
      return List.of();
    }
    return markup.open.roots();
  }

  private void run() throws Unreadable {
    if (text.length() > NamedValues.MAX_CHARS) {
      throw refused(0, "is larger than 1 MiB");
    }
    at = text.startsWith("\uFEFF") ? 1 : 0;
    while (at < text.length()) {
      if (text.charAt(at) == '<' && ContentReader.beginsTag(text, at)) {
        markup();
      } else {
        content();
      }
    }
    open.finish();
  }

  private void markup() throws Unreadable {
    if (text.startsWith("<!--", at)) {
      skipTo("-->", "a comment is not closed");
    } else if (text.startsWith("<?", at)) {
      skipTo("?>", "a processing instruction is not closed");
    } else if (text.startsWith("<![CDATA[", at)) {
      content();
    } else if (text.startsWith("<!", at)) {
      throw refused(at, "declarations such as DOCTYPE and ENTITY are not allowed");
    } else if (text.startsWith("</", at)) {
      endTag();
    } else {
      startTag();
    }
  }

  private void skipTo(String end, String problem) throws Unreadable {
    int found = text.indexOf(end, at);
    if (found < 0) {
      throw refused(at, problem);
    }
    at = found + end.length();
  }

  private void content() throws Unreadable {
    Content content = contents.read(at);
    at = contents.end();
    if (!content.text().isBlank()) {
      open.text(content);
    }
  }

  private void startTag() throws Unreadable {
    int start = at++;
    String name = name();
    if (++elements > MAX_ELEMENTS) {
      throw refused(start, "has more than " + MAX_ELEMENTS + " elements");
    }
    if (open.depth() >= MAX_DEPTH) {
      throw refused(start, "is nested deeper than " + MAX_DEPTH + " elements");
    }
    open.begin(name, start, attributes(name));
    if (text.charAt(at) == '/') {
      at += 2;
      open.close();
    } else {
      at++;
      if (name.equals(VERBATIM)) {
        contents.verbatim(at, name).ifPresent(open::text);
        at = contents.end();
      }
    }
  }

  /** Reads up to {@code >} or {@code />}, where {@link #at} stands then. */
  private List<Attribute> attributes(String element) throws Unreadable {
    var attributes = new ArrayList<Attribute>();
    skipBlanks();
    while (at < text.length() && isNameStart(text.charAt(at))) {
      Attribute attribute = attribute(element);
      if (attributes.stream().anyMatch(other -> other.name().equals(attribute.name()))) {
        error(attribute.offset(), element + ": " + attribute.name() + " is given twice");
      }
      attributes.add(attribute);
      if (attributes.size() > MAX_ATTRIBUTES) {
        throw refused(at, element + " has more than " + MAX_ATTRIBUTES + " attributes");
      }
      skipBlanks();
    }
    if (!text.startsWith(">", at) && !text.startsWith("/>", at)) {
      throw refused(
          at, "the tag <" + element + "> is not complete (expected: name=\"value\", > or />)");
    }
    return attributes;
  }

  private Attribute attribute(String element) throws Unreadable {
    int start = at;
    String name = name();
    skipBlanks();
    if (!text.startsWith("=", at)) {
      throw refused(at, element + ": attribute " + name + " has no value");
    }
    at++;
    skipBlanks();
    if (at >= text.length() || "\"'".indexOf(text.charAt(at)) < 0) {
      throw refused(at, element + ": the value of " + name + " must stand in quotes");
    }
    Content value = contents.quoted(at, element + ": " + name);
    at = contents.end();
    return new Attribute(name, start, value);
  }

  private void endTag() throws Unreadable {
    int start = at;
    at += 2;
    String name = name();
    skipBlanks();
    if (!text.startsWith(">", at)) {
      throw refused(start, "the tag </" + name + "> is not complete");
    }
    at++;
    open.end(name, start);
  }

  private String name() {
    int start = at;
    while (at < text.length() && isNamePart(text.charAt(at))) {
      at++;
    }
    return text.substring(start, at);
  }

  private void skipBlanks() {
    at = source.afterBlanks(at);
  }

  private static boolean isNameStart(char c) {
    return Character.isLetter(c) || c == '_';
  }

  private static boolean isNamePart(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.' || c == ':';
  }

  private void error(int offset, String message) {
    findings.error(source.at(offset), message);
  }

  private Unreadable refused(int offset, String message) {
    error(Math.min(offset, text.length()), message);
    return new Unreadable();
  }
}
