package io.ccrelay.http;

import io.ccrelay.http.StructuredFields.Bare;
import io.ccrelay.http.StructuredFields.InnerList;
import io.ccrelay.http.StructuredFields.Item;
import io.ccrelay.http.StructuredFields.Member;
import io.ccrelay.http.StructuredFields.Truth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads members, keys and parameters of a structured field (RFC 9651 section 4.2). Used once, by
 * one thread.
 */
final class StructuredParser {

  private static final Truth TRUE = new Truth(true);

  private final StructuredScanner scanner;
  private final BareParser values;

  StructuredParser(String input) {
    this.scanner = new StructuredScanner(input);
    this.values = new BareParser(scanner);
  }

  /** The field is not what RFC 9651 allows. Never leaves this package. */
  static final class Malformed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Malformed(String expected, int position) {
      super(expected + " expected at " + position, null, false, false);
    }
  }

  Map<String, Member> dictionary() {
    var members = new LinkedHashMap<String, Member>();
    scanner.skipSpaces();
    while (!scanner.atEnd()) {
      members.put(key(), scanner.take('=') ? member() : new Item(TRUE, parameters()));
      scanner.skipBlanks();
      if (scanner.atEnd()) {
        break;
      }
      scanner.expect(',');
      scanner.skipBlanks();
      if (scanner.atEnd()) {
        throw scanner.malformed("a member");
      }
    }
    return Collections.unmodifiableMap(members);
  }

  private Member member() {
    return scanner.peek() == '(' ? innerList() : item();
  }

  private InnerList innerList() {
    scanner.expect('(');
    var items = new ArrayList<Item>();
    while (true) {
      scanner.skipSpaces();
      if (scanner.take(')')) {
        return new InnerList(Collections.unmodifiableList(items), parameters());
      }
      items.add(item());
      if (scanner.peek() != ' ' && scanner.peek() != ')') {
        throw scanner.malformed("a space or )");
      }
    }
  }

  private Item item() {
    Bare value = values.read();
    return new Item(value, parameters());
  }

  private Map<String, Bare> parameters() {
    var parameters = new LinkedHashMap<String, Bare>();
    while (scanner.take(';')) {
      scanner.skipSpaces();
      String key = key();
      parameters.put(key, scanner.take('=') ? values.read() : TRUE);
    }
    return Collections.unmodifiableMap(parameters);
  }

  private String key() {
    int first = scanner.peek();
    if (!isLower(first) && first != '*') {
      throw scanner.malformed("a key");
    }
    return scanner.takeWhile(c -> isLower(c) || ListMembers.isDigit(c) || "_-.*".indexOf(c) >= 0);
  }

  private static boolean isLower(int c) {
    return c >= 'a' && c <= 'z';
  }
}
