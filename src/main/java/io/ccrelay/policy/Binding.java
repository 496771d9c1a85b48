package io.ccrelay.policy;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How one policy element becomes a statement.
 *
 * @param sections where it may stand
 * @param scopes of the documents it may stand in
 * @param reader reads its attributes and children
 */
record Binding(Set<Section> sections, Set<Scope> scopes, Function<Form, Policy> reader) {

  private static final Set<Section> EVERYWHERE = EnumSet.allOf(Section.class);
  private static final Set<Scope> ALL_SCOPES = EnumSet.allOf(Scope.class);

  static Binding everywhere(Function<Form, Policy> reader) {
    return new Binding(EVERYWHERE, ALL_SCOPES, reader);
  }

  static Binding in(Function<Form, Policy> reader, Section first, Section... others) {
    return new Binding(EnumSet.of(first, others), ALL_SCOPES, reader);
  }

  /** The same in documents of {@code first} and {@code others} only. */
  Binding of(Scope first, Scope... others) {
    return new Binding(sections, EnumSet.of(first, others), reader);
  }

  static String listed(Set<? extends Token> tokens) {
    return tokens.stream().map(Token::token).collect(Collectors.joining(", "));
  }
}
