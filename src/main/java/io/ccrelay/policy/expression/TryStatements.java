package io.ccrelay.policy.expression;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code try} and {@code switch}. */
final class TryStatements {

  private final Tokens tokens;
  private final Parser parser;
  private final Statements statements;

  TryStatements(Tokens tokens, Parser parser, Statements statements) {
    this.tokens = tokens;
    this.parser = parser;
    this.statements = statements;
  }

  Stmt attempt(int at) {
    tokens.next();
    Stmt.Block body = statements.block();
    var catches = new ArrayList<Stmt.Catch>();
    while (tokens.is("catch")) {
      catches.add(handler());
    }
    Stmt.Block last = tokens.accept("finally") ? statements.block() : null;
    if (catches.isEmpty() && last == null) {
      throw new Syntax(tokens.peek().at(), "'try' needs 'catch' or 'finally'");
    }
    return new Stmt.Try(at, body, catches, last);
  }

  private Stmt.Catch handler() {
    int at = tokens.next().at();
    TypeName type = null;
    String name = null;
    if (tokens.accept("(")) {
      type = tokens.type();
      name = tokens.isName() ? tokens.name() : null;
      tokens.expect(")");
    }
    Node condition = null;
    if (tokens.accept("when")) {
      tokens.expect("(");
      condition = parser.expression();
      tokens.expect(")");
    }
    return new Stmt.Catch(at, type, name, condition, statements.block());
  }

  Stmt selection(int at) {
    tokens.next();
    tokens.expect("(");
    Node value = parser.expression();
    tokens.expect(")");
    tokens.expect("{");
    var sections = new ArrayList<Stmt.Section>();
    while (!tokens.accept("}")) {
      sections.add(section());
    }
    return new Stmt.Switch(at, value, sections);
  }

  private Stmt.Section section() {
    List<@Nullable Node> labels = new ArrayList<>();
    while (tokens.is("case") || tokens.is("default")) {
      labels.add(tokens.next().is("case") ? parser.expression() : null);
      tokens.expect(":");
    }
    if (labels.isEmpty()) {
      throw new Syntax(tokens.peek().at(), "expected 'case' but found " + tokens.peek().shown());
    }
    return new Stmt.Section(labels, statements.inSection());
  }
}
