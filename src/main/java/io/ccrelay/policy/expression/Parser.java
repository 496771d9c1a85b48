package io.ccrelay.policy.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Operators by recursive descent and precedence; operands are read by {@link Operands}. */
final class Parser {

  private static final int LONGEST_CHAIN = 400;

  private static final Map<String, Integer> PRECEDENCE =
      Map.ofEntries(
          Map.entry("||", 1),
          Map.entry("&&", 2),
          Map.entry("|", 3),
          Map.entry("^", 4),
          Map.entry("&", 5),
          Map.entry("==", 6),
          Map.entry("!=", 6),
          Map.entry("<", 7),
          Map.entry(">", 7),
          Map.entry("<=", 7),
          Map.entry(">=", 7),
          Map.entry("is", 7),
          Map.entry("as", 7),
          Map.entry("<<", 8),
          Map.entry(">>", 8),
          Map.entry("+", 9),
          Map.entry("-", 9),
          Map.entry("*", 10),
          Map.entry("/", 10),
          Map.entry("%", 10));

  private static final Set<String> ASSIGNMENTS =
      Set.of("=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<=", "??=");

  private final Tokens tokens;
  private final Operands operands;

  Parser(Tokens tokens) {
    this.tokens = tokens;
    this.operands = new Operands(tokens, this);
  }

  /** A whole expression. */
  Node expression() {
    int at = tokens.peek().at();
    tokens.enter(at);
    Node node = isLambda() ? lambda() : assignment();
    tokens.leave();
    return node;
  }

  private Node assignment() {
    Node target = conditional();
    Token operator = tokens.peek();
    if (!ASSIGNMENTS.contains(operator.text()) || operator.kind() != Token.Kind.SYMBOL) {
      return target;
    }
    tokens.next();
    boolean assignable =
        target instanceof Node.Name
            || target instanceof Node.Member
            || target instanceof Node.Index;
    if (!assignable) {
      throw new Syntax(
          operator.at(), "the left side of an assignment must be a variable, a member or an index");
    }
    String compound = operator.text().substring(0, operator.text().length() - 1);
    return new Node.Assign(operator.at(), target, compound, expression());
  }

  private Node conditional() {
    Node condition = coalesce();
    int at = tokens.peek().at();
    if (!tokens.accept("?")) {
      return condition;
    }
    Node yes = expression();
    tokens.expect(":");
    return new Node.Conditional(at, condition, yes, expression());
  }

  private Node coalesce() {
    Node left = binary(1);
    int at = tokens.peek().at();
    if (!tokens.accept("??")) {
      return left;
    }
    tokens.enter(at);
    Node right = tokens.is("throw") ? operands.thrown() : coalesce();
    tokens.leave();
    return new Node.Binary(at, "??", left, right);
  }

  private Node binary(int least) {
    Node left = operands.unary();
    for (int length = 0; ; length++) {
      Token token = tokens.peek();
      String operator = operator(token);
      int precedence = operator.isEmpty() ? 0 : PRECEDENCE.getOrDefault(operator, 0);
      if (precedence < least || precedence == 0) {
        return left;
      }
      if (length > LONGEST_CHAIN) {
        throw new Syntax(token.at(), "more than " + LONGEST_CHAIN + " operators in a row");
      }
      tokens.next();
      if (operator.equals(">>")) {
        tokens.next();
      }
      left = apply(token.at(), operator, left, precedence);
    }
  }

  private String operator(Token token) {
    if (tokens.isShiftRight()) {
      return ">>";
    }
    boolean possible = token.kind() == Token.Kind.SYMBOL || token.is("is") || token.is("as");
    return possible ? token.text() : "";
  }

  private Node apply(int at, String operator, Node left, int precedence) {
    return switch (operator) {
      case "is" -> pattern(at, left);
      case "as" -> new Node.As(at, left, tokens.type());
      default -> new Node.Binary(at, operator, left, binary(precedence + 1));
    };
  }

  private Node pattern(int at, Node operand) {
    boolean negated = tokens.accept("not");
    if (tokens.accept("null")) {
      return new Node.Is(at, operand, null, null, negated);
    }
    if (!tokens.isName()) {
      throw new Syntax(tokens.peek().at(), "only a type or null may follow 'is'");
    }
    TypeName type = tokens.type();
    String name = tokens.isName() ? tokens.name() : null;
    return new Node.Is(at, operand, type, name, negated);
  }

  private boolean isLambda() {
    if (tokens.isName() && tokens.peek(1).is("=>")) {
      return true;
    }
    if (!tokens.is("(")) {
      return false;
    }
    int ahead = 1;
    while (tokens.peek(ahead).kind() == Token.Kind.NAME || tokens.peek(ahead).is(",")) {
      ahead++;
    }
    return tokens.peek(ahead).is(")") && tokens.peek(ahead + 1).is("=>");
  }

  private Node lambda() {
    int at = tokens.peek().at();
    var parameters = new ArrayList<String>();
    if (tokens.accept("(")) {
      while (!tokens.accept(")")) {
        parameters.add(parameter());
        if (!tokens.is(")")) {
          tokens.expect(",");
        }
      }
    } else {
      parameters.add(tokens.name());
    }
    tokens.expect("=>");
    if (tokens.is("{")) {
      return new Node.Lambda(at, parameters, null, new Statements(tokens, this).block());
    }
    return new Node.Lambda(at, parameters, expression(), null);
  }

  /** A parameter, its type before it or not. */
  private String parameter() {
    String name = tokens.name();
    return tokens.isName() ? tokens.name() : name;
  }

  /** Arguments up to the closing bracket; the opening one was read. */
  List<Node.Argument> arguments(String closing) {
    var arguments = new ArrayList<Node.Argument>();
    while (!tokens.accept(closing)) {
      arguments.add(argument());
      if (!tokens.is(closing)) {
        tokens.expect(",");
      }
    }
    return arguments;
  }

  private Node.Argument argument() {
    int at = tokens.peek().at();
    String name = null;
    if (tokens.isName() && tokens.peek(1).is(":")) {
      name = tokens.name();
      tokens.next();
    }
    if (tokens.accept("out")) {
      return new Node.Argument(name, outVariable(), new Node.Literal(at, null));
    }
    return new Node.Argument(name, null, expression());
  }

  /** {@code name}, or with a type before it where it is declared: then marked by a blank. */
  private String outVariable() {
    int mark = tokens.mark();
    @Nullable TypeName type = tokens.tryType();
    if (type != null && tokens.isName()) {
      return " " + tokens.name();
    }
    tokens.back(mark);
    return tokens.name();
  }
}
