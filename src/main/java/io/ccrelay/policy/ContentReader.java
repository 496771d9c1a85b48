package io.ccrelay.policy;

import io.ccrelay.policy.Element.Content;
import io.ccrelay.policy.Markup.Unreadable;
import java.util.Optional;

/**
 * Reads the values of attributes and the texts of elements: expressions by their brackets, escaped
 * or not, and literals. Confined to one thread.
 */
final class ContentReader {

  /** The message for a text that is neither literal nor expression. */
  static final String MIXED =
      "text beside an expression: the whole value must be one expression"
          + " (put the text into it, as in @(\"text\" + ...))";

  static final String CDATA = "<![CDATA[";

  private final SourceText source;
  private final String text;
  private final CodeScan code;
  private final Findings findings;
  private final VerbatimText verbatim;
  private int end;

  ContentReader(SourceText source, Findings findings) {
    this.source = source;
    this.text = source.text();
    this.code = new CodeScan(text);
    this.findings = findings;
    this.verbatim = new VerbatimText(source, findings);
  }

  /** Where what was read last ends. */
  int end() {
    return end;
  }

  /**
   * The value whose opening quote stands at {@code open}.
   *
   * @param subject what it belongs to, for messages
   */
  Content quoted(int open, String subject) throws Unreadable {
    char quote = text.charAt(open);
    int start = source.afterBlanks(open + 1);
    int close = text.indexOf(quote, open + 1);
    if (close < 0) {
      throw refused(open, subject + " has no closing quote");
    }
    if (CodeScan.begins(text, start)) {
      Optional<String> escaped = escaped(start, close);
      if (escaped.isPresent()) {
        end = close + 1;
        return new Content(escaped.get(), true, start, close);
      }
      return expression(start, quote, subject);
    }
    end = close + 1;
    return literal(open + 1, close);
  }

  private Content expression(int start, char quote, String subject) throws Unreadable {
    int close = code.endOf(start);
    if (close < 0) {
      throw refused(start, subject + ": the expression is not closed");
    }
    int next = source.afterBlanks(close);
    if (next >= text.length() || text.charAt(next) != quote) {
      findings.error(source.at(close), subject + ": " + MIXED);
      next = text.indexOf(quote, close);
      if (next < 0) {
        throw refused(start, subject + " has no closing quote");
      }
    }
    end = next + 1;
    return new Content(text.substring(start, close), true, start, close);
  }

  /** The text at {@code start}, up to the next tag or comment; or one CDATA section. */
  Content read(int start) throws Unreadable {
    if (text.startsWith(CDATA, start)) {
      return section(start);
    }
    int code = source.afterBlanks(start);
    int next = nextTag(code);
    if (CodeScan.begins(text, code)) {
      Optional<String> escaped = escaped(code, next);
      if (escaped.isPresent()) {
        end = next;
        return new Content(escaped.get(), true, code, next);
      }
      return expressionText(code);
    }
    end = next;
    return literal(start, next);
  }

  private Content expressionText(int start) throws Unreadable {
    int close = code.endOf(start);
    if (close < 0) {
      throw refused(start, "the expression is not closed");
    }
    int next = source.afterBlanks(close);
    if (next < text.length() && text.charAt(next) != '<') {
      findings.error(source.at(close), MIXED);
      next = nextTag(close);
    }
    end = next;
    return new Content(text.substring(start, close), true, start, close);
  }

  private Content section(int start) throws Unreadable {
    int from = start + CDATA.length();
    int close = text.indexOf("]]>", from);
    if (close < 0) {
      throw refused(start, "a CDATA section is not closed");
    }
    end = close + 3;
    return plainOrCode(text.substring(from, close), from, close);
  }

  /**
   * The content of an element whose literal content may be markup: an expression as elsewhere, a
   * literal text up to the end tag, markup included.
   */
  Optional<Content> verbatim(int start, String element) throws Unreadable {
    int first = verbatim.afterAsides(start);
    end = first;
    if (CodeScan.begins(text, first)) {
      return Optional.of(read(first));
    }
    end = verbatim.closing(start, element);
    return verbatim.literal(start, end);
  }

  /** The expression between {@code start} and {@code end} if it is escaped as XML wants it. */
  private static Optional<String> balanced(String decoded) {
    String code = decoded.strip();
    boolean whole = new CodeScan(code).endOf(0) == code.length();
    return whole ? Optional.of(code) : Optional.empty();
  }

  private Optional<String> escaped(int start, int stop) {
    String chunk = text.substring(start, stop);
    return Entities.in(chunk) ? balanced(Entities.decoded(chunk)) : Optional.empty();
  }

  /** {@code text} as an expression if it is one wholly, else as a literal. */
  static Content plainOrCode(String text, int from, int to) {
    String stripped = text.strip();
    boolean whole = CodeScan.begins(stripped, 0) && balanced(stripped).isPresent();
    return new Content(whole ? stripped : text, whole, from, to);
  }

  private Content literal(int from, int to) {
    return new Content(decoded(text.substring(from, to), from), false, from, to);
  }

  private String decoded(String raw, int from) {
    Entities.unknownIn(raw)
        .ifPresent(unknown ->
            findings.error(
                source.at(from + raw.indexOf(unknown)),
                "the entity " + unknown + " is not defined"));
    return Entities.decoded(raw);
  }

  private int nextTag(int from) {
    int next = text.indexOf('<', from);
    while (next >= 0 && !beginsTag(text, next)) {
      next = text.indexOf('<', next + 1);
    }
    return next < 0 ? text.length() : next;
  }

  /** Whether the {@code <} at {@code offset} begins a tag, a comment or a declaration. */
  static boolean beginsTag(String text, int offset) {
    if (offset + 1 >= text.length()) {
      return false;
    }
    char c = text.charAt(offset + 1);
    return Character.isLetter(c) || c == '_' || c == '/' || c == '!' || c == '?';
  }

  private Unreadable refused(int offset, String message) {
    findings.error(source.at(Math.min(offset, text.length())), message);
    return new Unreadable();
  }
}
