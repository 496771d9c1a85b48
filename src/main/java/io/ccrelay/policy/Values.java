package io.ccrelay.policy;

import io.ccrelay.policy.Element.Content;
import io.ccrelay.policy.expression.Expression;
import io.ccrelay.policy.expression.ExpressionException;
import io.ccrelay.policy.expression.ExpressionKind;
import io.ccrelay.policy.expression.SourcePosition;
import java.util.Optional;

/** Makes values of texts: checks literals, compiles expressions. Confined to one thread. */
final class Values {

  private final Findings findings;

  Values(Findings findings) {
    this.findings = findings;
  }

  /** The value {@code content} has as {@code kind}; something harmless if it has none. */
  <T> PolicyValue<T> of(Element element, Content content, Kind<T> kind, String subject) {
    if (content.expression()) {
      return compiled(element, content, kind, subject);
    }
    return kind.literal(literal(element, content, kind, subject).orElse(kind.fill()));
  }

  /** The literal {@code content} is; empty, with a problem, if it is none of {@code kind}. */
  <T> Optional<T> literal(Element element, Content content, Kind<T> kind, String subject) {
    SourcePosition at = element.source().at(content.from());
    if (content.expression()) {
      findings.error(at, subject + " must not be an expression");
      return Optional.empty();
    }
    Optional<T> value = kind.parse().apply(content.text());
    if (value.isEmpty()) {
      boolean secret = element.source().hasNamedValue(content.from(), content.to());
      String found = secret ? "has a named value" : "is " + Findings.shown(content.text());
      findings.error(at, subject + " " + found + " (expected: " + kind.expected() + ")");
    }
    return value;
  }

  private <T> PolicyValue<T> compiled(
      Element element, Content content, Kind<T> kind, String subject) {
    SourcePosition at = element.source().at(content.from());
    try {
      return new PolicyValue.Computed<>(kind.type(), compile(content.text(), at));
    } catch (ExpressionException e) {
      findings.error(e.position(), subject + ": " + e.problem());
      return kind.literal(kind.fill());
    }
  }

  /** Some documents escape the operators of an expression, but not its quotes. */
  private static Expression compile(String code, SourcePosition at) {
    try {
      return Expression.compile(code, at, kindOf(code));
    } catch (ExpressionException e) {
      if (!Entities.in(code)) {
        throw e;
      }
      return Expression.compile(Entities.decoded(code), at, kindOf(code));
    }
  }

  private static ExpressionKind kindOf(String code) {
    return code.startsWith("@{") ? ExpressionKind.BLOCK : ExpressionKind.EXPRESSION;
  }
}
