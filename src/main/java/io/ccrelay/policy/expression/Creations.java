package io.ccrelay.policy.expression;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code new} in its forms. */
final class Creations {

  private final Tokens tokens;
  private final Parser parser;

  Creations(Tokens tokens, Parser parser) {
    this.tokens = tokens;
    this.parser = parser;
  }

  Node creation(int at) {
    if (tokens.is("{")) {
      return anonymous(at);
    }
    if (tokens.accept("[")) {
      tokens.expect("]");
      return new Node.NewArray(at, null, null, values());
    }
    TypeName type = tokens.plainType();
    if (type == null) {
      throw new Syntax(tokens.peek().at(), "expected a type but found " + tokens.peek().shown());
    }
    if (tokens.is("[")) {
      return array(at, type);
    }
    List<Node.Argument> arguments = List.of();
    if (tokens.accept("(")) {
      arguments = parser.arguments(")");
    } else if (!tokens.is("{")) {
      throw new Syntax(tokens.peek().at(), "expected '(' but found " + tokens.peek().shown());
    }
    return new Node.New(at, type, arguments, tokens.is("{") ? items() : null);
  }

  private Node array(int at, TypeName element) {
    tokens.expect("[");
    Node size = tokens.is("]") ? null : parser.expression();
    tokens.expect("]");
    TypeName type = element;
    while (tokens.accept("[")) {
      tokens.expect("]");
      type = type.asArray();
    }
    List<Node> items = tokens.is("{") ? values() : null;
    if (size == null && items == null) {
      throw new Syntax(at, "an array needs a size or items");
    }
    return new Node.NewArray(at, type, size, items);
  }

  private List<Node> values() {
    tokens.expect("{");
    var values = new ArrayList<Node>();
    while (!tokens.accept("}")) {
      values.add(parser.expression());
      separate();
    }
    return values;
  }

  private void separate() {
    if (!tokens.is("}")) {
      tokens.expect(",");
    }
  }

  private List<Node.Item> items() {
    tokens.expect("{");
    var items = new ArrayList<Node.Item>();
    while (!tokens.accept("}")) {
      items.add(item());
      separate();
    }
    return items;
  }

  private Node.Item item() {
    if (tokens.is("{")) {
      return new Node.Item(null, List.of(), values());
    }
    if (tokens.accept("[")) {
      List<Node.Argument> index = parser.arguments("]");
      tokens.expect("=");
      return new Node.Item(null, index, List.of(parser.expression()));
    }
    if (tokens.isName() && tokens.peek(1).is("=")) {
      String member = tokens.name();
      tokens.next();
      return new Node.Item(member, List.of(), List.of(parser.expression()));
    }
    return new Node.Item(null, List.of(), List.of(parser.expression()));
  }

  private Node anonymous(int at) {
    tokens.expect("{");
    var names = new ArrayList<String>();
    var values = new ArrayList<Node>();
    while (!tokens.accept("}")) {
      boolean named = tokens.isName() && tokens.peek(1).is("=");
      String name = named ? tokens.name() : null;
      if (named) {
        tokens.next();
      }
      Node value = parser.expression();
      names.add(name == null ? projected(value) : name);
      values.add(value);
      separate();
    }
    return new Node.NewAnonymous(at, names, values);
  }

  /** The name that a member takes over from its value. */
  private static String projected(@Nullable Node value) {
    return switch (value) {
      case Node.Name name -> name.name();
      case Node.Member member -> member.name();
      case null -> "";
      default -> throw new Syntax(value.at(), "a member of an anonymous object needs a name");
    };
  }
}
