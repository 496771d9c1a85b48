package io.ccrelay.policy.expression;

import io.ccrelay.policy.expression.Token.Hole;
import io.ccrelay.policy.expression.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Operands: literals, names, calls, casts, creations. */
final class Operands {

  private static final int LONGEST_CHAIN = 200;

  private static final Set<String> KEYWORD_TYPES =
      Set.of(
          "string", "int", "long", "bool", "double", "decimal", "object", "char", "byte", "float",
          "short", "uint", "ulong", "ushort", "sbyte");

  private final Tokens tokens;
  private final Parser parser;

  Operands(Tokens tokens, Parser parser) {
    this.tokens = tokens;
    this.parser = parser;
  }

  Node unary() {
    Token token = tokens.peek();
    tokens.enter(token.at());
    Node node = prefixed(token);
    tokens.leave();
    return node;
  }

  private Node prefixed(Token token) {
    if (token.kind() == Kind.SYMBOL) {
      switch (token.text()) {
        case "!", "-", "+", "~" -> {
          tokens.next();
          return new Node.Unary(token.at(), token.text(), unary());
        }
        case "++", "--" -> {
          tokens.next();
          return new Node.Step(token.at(), unary(), token.is("++") ? 1 : -1, true);
        }
        case "(" -> {
          Node cast = tryCast();
          if (cast != null) {
            return cast;
          }
        }
        default -> {}
      }
    }
    return postfix(primary());
  }

  private @Nullable Node tryCast() {
    int mark = tokens.mark();
    int at = tokens.next().at();
    TypeName type = tokens.tryType();
    if (type != null && tokens.accept(")") && castMayBegin(type)) {
      return new Node.Cast(at, type, unary());
    }
    tokens.back(mark);
    return null;
  }

  /**
   * Whether what follows the bracket is an operand that an expression in brackets could not have.
   */
  private boolean castMayBegin(TypeName type) {
    Token next = tokens.peek();
    return switch (next.kind()) {
      case NUMBER, TEXT, CHARACTER, INTERPOLATED -> true;
      case NAME -> !next.is("is") && !next.is("as");
      case SYMBOL ->
          next.is("(")
              || next.is("!")
              || next.is("~")
              || (next.is("-") && KEYWORD_TYPES.contains(type.name()));
      case END -> false;
    };
  }

  private Node primary() {
    Token token = tokens.next();
    return switch (token.kind()) {
      case NUMBER, TEXT, CHARACTER -> new Node.Literal(token.at(), token.value());
      case INTERPOLATED -> interpolated(token);
      case NAME -> named(token);
      case SYMBOL -> bracketed(token);
      case END -> throw new Syntax(token.at(), "the expression ends too early");
    };
  }

  private Node bracketed(Token token) {
    if (!token.is("(")) {
      throw new Syntax(token.at(), "unexpected " + token.shown());
    }
    Node inner = parser.expression();
    tokens.expect(")");
    return inner;
  }

  private Node named(Token token) {
    return switch (token.text()) {
      case "true" -> new Node.Literal(token.at(), true);
      case "false" -> new Node.Literal(token.at(), false);
      case "null" -> new Node.Literal(token.at(), null);
      case "new" -> new Creations(tokens, parser).creation(token.at());
      case "default" -> defaultValue(token.at());
      case "typeof" -> typeOf(token.at());
      default -> {
        if (Tokens.isReserved(token)) {
          throw new Syntax(token.at(), token.shown() + " is not supported here");
        }
        yield new Node.Name(token.at(), token.text());
      }
    };
  }

  private Node defaultValue(int at) {
    if (!tokens.accept("(")) {
      return new Node.Default(at, null);
    }
    TypeName type = tokens.type();
    tokens.expect(")");
    return new Node.Default(at, type);
  }

  private Node typeOf(int at) {
    tokens.expect("(");
    TypeName type = tokens.type();
    tokens.expect(")");
    return new Node.TypeOf(at, type);
  }

  /** {@code throw} as an expression after {@code ??}. */
  Node thrown() {
    Token token = tokens.peek();
    throw new Syntax(token.at(), "'throw' is supported as a statement only");
  }

  private Node postfix(Node start) {
    Node node = start;
    for (int length = 0; ; length++) {
      Token token = tokens.peek();
      if (length > LONGEST_CHAIN) {
        throw new Syntax(token.at(), "more than " + LONGEST_CHAIN + " calls in a row");
      }
      boolean safeIndex =
          token.is("?") && tokens.peek(1).is("[") && token.end() == tokens.peek(1).at();
      if (token.is("?.") || safeIndex) {
        return safe(token, node);
      }
      Node longer = link(token, node);
      if (longer == null) {
        return node;
      }
      node = longer;
    }
  }

  private @Nullable Node link(Token token, Node node) {
    if (token.kind() != Kind.SYMBOL) {
      return null;
    }
    return switch (token.text()) {
      case "." -> {
        tokens.next();
        yield member(node);
      }
      case "[" -> {
        tokens.next();
        yield new Node.Index(token.at(), node, parser.arguments("]"));
      }
      case "++", "--" -> {
        tokens.next();
        yield new Node.Step(token.at(), node, token.is("++") ? 1 : -1, false);
      }
      case "(" ->
          throw new Syntax(token.at(), "only a member of a value or of a type can be called");
      default -> null;
    };
  }

  private Node safe(Token token, Node target) {
    tokens.next();
    tokens.enter(token.at());
    Node first = new Node.Receiver(token.at());
    Node begun;
    if (token.is("?.")) {
      begun = member(first);
    } else {
      tokens.expect("[");
      begun = new Node.Index(token.at(), first, parser.arguments("]"));
    }
    Node chain = postfix(begun);
    tokens.leave();
    return new Node.Safe(token.at(), target, chain);
  }

  private Node member(Node target) {
    int at = tokens.peek().at();
    Token token = tokens.next();
    if (token.kind() != Kind.NAME) {
      throw new Syntax(at, "expected the name of a member but found " + token.shown());
    }
    List<TypeName> types = callTypes();
    if (tokens.accept("(")) {
      return new Node.Call(at, target, token.text(), types, parser.arguments(")"));
    }
    return new Node.Member(at, target, token.text());
  }

  /** Type arguments, read only if a call follows them. */
  private List<TypeName> callTypes() {
    int mark = tokens.mark();
    List<TypeName> types = tokens.typeArguments();
    if (types != null && (types.isEmpty() || tokens.is("("))) {
      return types;
    }
    tokens.back(mark);
    return List.of();
  }

  private Node interpolated(Token token) {
    var parts = new ArrayList<Object>();
    if (token.value() instanceof List<?> pieces) {
      for (Object piece : pieces) {
        parts.add(piece instanceof Hole hole ? show(hole) : piece);
      }
    }
    return new Node.Interpolated(token.at(), parts);
  }

  private Node.Show show(Hole hole) {
    var inner = new Tokens(tokens.source(), hole.from(), hole.to(), tokens.depth());
    Node value = new Parser(inner).expression();
    inner.expectEnd();
    return new Node.Show(value, hole.width(), hole.format());
  }
}
