package io.ccrelay.policy.expression;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Statements by recursive descent. */
final class Statements {

  private final Tokens tokens;
  private final Parser parser;

  Statements(Tokens tokens, Parser parser) {
    this.tokens = tokens;
    this.parser = parser;
  }

  /** Statements up to the end of the source. */
  Stmt.Block all() {
    int at = tokens.peek().at();
    var statements = new ArrayList<Stmt>();
    while (tokens.peek().kind() != Token.Kind.END) {
      statements.add(statement());
    }
    return new Stmt.Block(at, statements);
  }

  Stmt.Block block() {
    int at = tokens.expect("{").at();
    var statements = new ArrayList<Stmt>();
    while (!tokens.accept("}")) {
      statements.add(statement());
    }
    return new Stmt.Block(at, statements);
  }

  /** Statements up to the next label or the closing brace. */
  List<Stmt> inSection() {
    var found = new ArrayList<Stmt>();
    while (!tokens.is("case") && !tokens.is("default") && !tokens.is("}")) {
      found.add(statement());
    }
    return found;
  }

  private Stmt statement() {
    Token token = tokens.peek();
    tokens.enter(token.at());
    Stmt statement = token.kind() == Token.Kind.TEXT ? effect(token.at()) : byFirst(token);
    tokens.leave();
    return statement;
  }

  private Stmt byFirst(Token token) {
    int at = token.at();
    return switch (token.text()) {
      case "{" -> block();
      case ";" -> empty(at);
      case "if" -> choice(at);
      case "while" -> loop(at);
      case "do" -> loopAfter(at);
      case "for" -> counted(at);
      case "foreach" -> foreach(at);
      case "return" -> returned(at);
      case "break", "continue" -> jump(at);
      case "throw" -> thrown(at);
      case "try" -> new TryStatements(tokens, parser, this).attempt(at);
      case "switch" -> new TryStatements(tokens, parser, this).selection(at);
      case "using" -> using(at);
      default -> simple(at);
    };
  }

  private Stmt empty(int at) {
    tokens.next();
    return new Stmt.Block(at, List.of());
  }

  private Stmt simple(int at) {
    Stmt local = tryLocal();
    if (local == null) {
      return effect(at);
    }
    tokens.expect(";");
    return local;
  }

  private Stmt effect(int at) {
    Node value = parser.expression();
    boolean acts =
        value instanceof Node.Assign
            || value instanceof Node.Call
            || value instanceof Node.Step
            || value instanceof Node.New
            || value instanceof Node.Safe;
    if (!acts) {
      throw new Syntax(at, "only an assignment, a call or a step can be a statement");
    }
    tokens.expect(";");
    return new Stmt.Effect(at, value);
  }

  /** A declaration, without its semicolon, or {@code null} if none begins here. */
  @Nullable Stmt tryLocal() {
    int mark = tokens.mark();
    int at = tokens.peek().at();
    boolean constant = tokens.accept("const");
    TypeName type = tokens.tryType();
    boolean declares =
        type != null
            && tokens.isName()
            && (tokens.peek(1).is("=") || tokens.peek(1).is(";") || tokens.peek(1).is(","));
    if (!declares || type == null) {
      if (constant) {
        throw new Syntax(at, "'const' must be followed by a declaration");
      }
      tokens.back(mark);
      return null;
    }
    var variables = new ArrayList<Stmt.Variable>();
    do {
      int where = tokens.peek().at();
      String name = tokens.name();
      Node value = tokens.accept("=") ? initial() : null;
      variables.add(new Stmt.Variable(where, name, value));
    } while (tokens.accept(","));
    return new Stmt.Local(at, type.name().equals("var") ? null : type, variables);
  }

  /** The value of a declaration; an array may be written by its items alone. */
  private Node initial() {
    if (!tokens.is("{")) {
      return parser.expression();
    }
    int at = tokens.next().at();
    var items = new ArrayList<Node>();
    while (!tokens.accept("}")) {
      items.add(parser.expression());
      if (!tokens.is("}")) {
        tokens.expect(",");
      }
    }
    return new Node.NewArray(at, null, null, items);
  }

  private Stmt choice(int at) {
    tokens.next();
    Node condition = condition();
    Stmt yes = statement();
    return new Stmt.If(at, condition, yes, tokens.accept("else") ? statement() : null);
  }

  private Node condition() {
    tokens.expect("(");
    Node condition = parser.expression();
    tokens.expect(")");
    return condition;
  }

  private Stmt loop(int at) {
    tokens.next();
    Node condition = condition();
    return new Stmt.While(at, condition, statement(), false);
  }

  private Stmt loopAfter(int at) {
    tokens.next();
    Stmt body = statement();
    tokens.expect("while");
    Node condition = condition();
    tokens.expect(";");
    return new Stmt.While(at, condition, body, true);
  }

  private Stmt counted(int at) {
    tokens.next();
    tokens.expect("(");
    var before = new ArrayList<Stmt>();
    Stmt local = tryLocal();
    if (local != null) {
      before.add(local);
    } else if (!tokens.is(";")) {
      expressions(";").forEach(node -> before.add(new Stmt.Effect(node.at(), node)));
    }
    tokens.expect(";");
    Node condition = tokens.is(";") ? null : parser.expression();
    tokens.expect(";");
    List<Node> after = expressions(")");
    tokens.expect(")");
    return new Stmt.For(at, before, condition, after, statement());
  }

  private List<Node> expressions(String closing) {
    var nodes = new ArrayList<Node>();
    while (!tokens.is(closing)) {
      nodes.add(parser.expression());
      if (!tokens.is(closing)) {
        tokens.expect(",");
      }
    }
    return nodes;
  }

  private Stmt foreach(int at) {
    tokens.next();
    tokens.expect("(");
    TypeName type = tokens.type();
    String name = tokens.name();
    tokens.expect("in");
    Node source = parser.expression();
    tokens.expect(")");
    return new Stmt.Foreach(at, type.name().equals("var") ? null : type, name, source, statement());
  }

  private Stmt returned(int at) {
    tokens.next();
    if (tokens.is(";")) {
      throw new Syntax(at, "'return' needs a value");
    }
    Node value = parser.expression();
    tokens.expect(";");
    return new Stmt.Return(at, value);
  }

  private Stmt jump(int at) {
    boolean leaves = tokens.next().is("break");
    tokens.expect(";");
    return leaves ? new Stmt.Break(at) : new Stmt.Continue(at);
  }

  private Stmt thrown(int at) {
    tokens.next();
    Node value = tokens.is(";") ? null : parser.expression();
    tokens.expect(";");
    return new Stmt.Throw(at, value);
  }

  /** {@code using}: the values of expressions hold no resources, so it only opens a scope. */
  private Stmt using(int at) {
    tokens.next();
    if (!tokens.accept("(")) {
      return simple(at);
    }
    Stmt local = tryLocal();
    Stmt resource = local == null ? new Stmt.Effect(at, parser.expression()) : local;
    tokens.expect(")");
    return new Stmt.Block(at, List.of(resource, statement()));
  }
}
