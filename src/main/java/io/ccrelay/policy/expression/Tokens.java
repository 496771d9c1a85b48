package io.ccrelay.policy.expression;

import io.ccrelay.policy.expression.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tokens of a source with a place among them; reads names of types. */
final class Tokens {

  private static final int DEEPEST = 200;

  private static final Set<String> RESERVED =
      Set.of(
          "new",
          "return",
          "if",
          "else",
          "for",
          "foreach",
          "while",
          "do",
          "break",
          "continue",
          "try",
          "catch",
          "finally",
          "throw",
          "switch",
          "case",
          "default",
          "using",
          "is",
          "as",
          "in",
          "out",
          "ref",
          "null",
          "true",
          "false",
          "const",
          "this",
          "base",
          "typeof",
          "await",
          "goto",
          "lock",
          "checked",
          "unchecked",
          "sizeof",
          "stackalloc",
          "unsafe",
          "fixed",
          "delegate",
          "class",
          "struct",
          "namespace",
          "public",
          "private",
          "static",
          "params",
          "operator",
          "event");

  private final String source;
  private final List<Token> all;
  private int at;
  private int depth;

  Tokens(String source, int from, int to, int depth) {
    this.source = source;
    this.all = Lexer.tokens(source, from, to);
    this.depth = depth;
  }

  String source() {
    return source;
  }

  int depth() {
    return depth;
  }

  Token peek() {
    return all.get(at);
  }

  Token peek(int ahead) {
    return all.get(Math.min(at + ahead, all.size() - 1));
  }

  @CanIgnoreReturnValue
  Token next() {
    Token token = all.get(at);
    if (at < all.size() - 1) {
      at++;
    }
    return token;
  }

  boolean is(String text) {
    return peek().is(text);
  }

  boolean accept(String text) {
    boolean there = is(text);
    if (there) {
      at++;
    }
    return there;
  }

  @CanIgnoreReturnValue
  Token expect(String text) {
    if (!is(text)) {
      throw new Syntax(peek().at(), "expected '" + text + "' but found " + peek().shown());
    }
    return next();
  }

  void expectEnd() {
    if (peek().kind() != Kind.END) {
      throw new Syntax(peek().at(), "unexpected " + peek().shown());
    }
  }

  /** A name that is free to be chosen. */
  String name() {
    Token token = next();
    if (token.kind() != Kind.NAME || isReserved(token)) {
      throw new Syntax(token.at(), "expected a name but found " + token.shown());
    }
    return token.text();
  }

  boolean isName() {
    return peek().kind() == Kind.NAME && !isReserved(peek());
  }

  static boolean isReserved(Token token) {
    return RESERVED.contains(token.text());
  }

  int mark() {
    return at;
  }

  void back(int mark) {
    at = mark;
  }

  void enter(int where) {
    if (++depth > DEEPEST) {
      throw new Syntax(where, "nested more than " + DEEPEST + " deep");
    }
  }

  void leave() {
    depth--;
  }

  /** {@code >} directly after {@code >}. */
  boolean isShiftRight() {
    return is(">") && peek(1).is(">") && peek().end() == peek(1).at();
  }

  /** A type, or {@code null} with the place unchanged if none is written here. */
  @Nullable TypeName tryType() {
    int mark = mark();
    TypeName type = readType();
    if (type == null) {
      back(mark);
    }
    return type;
  }

  TypeName type() {
    TypeName type = tryType();
    if (type == null) {
      throw new Syntax(peek().at(), "expected a type but found " + peek().shown());
    }
    return type;
  }

  private @Nullable TypeName readType() {
    TypeName type = plainType();
    if (type == null) {
      return null;
    }
    while (is("[") && peek(1).is("]")) {
      at += 2;
      type = type.asArray();
    }
    return type;
  }

  /** A type without array brackets. */
  @Nullable TypeName plainType() {
    Token first = peek();
    if (!isName()) {
      return null;
    }
    var name = new StringBuilder(next().text());
    while (is(".") && peek(1).kind() == Kind.NAME) {
      next();
      name.append('.').append(next().text());
    }
    List<TypeName> arguments = typeArguments();
    if (arguments == null) {
      return null;
    }
    boolean nullable = is("?") && endsNullable();
    if (nullable) {
      next();
    }
    return new TypeName(first.at(), name.toString(), arguments, 0, nullable);
  }

  /** Whether the question mark here belongs to a type and not to a condition. */
  private boolean endsNullable() {
    Token after = peek(1);
    boolean declares =
        after.kind() == Kind.NAME && (peek(2).is("=") || peek(2).is(";") || peek(2).is("in"));
    return declares || after.is(")") || after.is(">") || after.is(",") || after.is("[");
  }

  /** The type arguments here, empty if there are none, {@code null} if these are no types. */
  @Nullable List<TypeName> typeArguments() {
    var arguments = new ArrayList<TypeName>();
    if (!accept("<")) {
      return arguments;
    }
    do {
      TypeName argument = readType();
      if (argument == null) {
        return null;
      }
      arguments.add(argument);
    } while (accept(","));
    return accept(">") ? arguments : null;
  }
}
