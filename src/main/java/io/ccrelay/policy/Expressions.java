package io.ccrelay.policy;

import io.ccrelay.policy.expression.Expression;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the expressions of a statement. */
public final class Expressions {

  private Expressions() {}

  /** The expressions in {@code policy}, however deep. */
  public static Stream<Expression> in(Policy policy) {
    return found(policy);
  }

  private static Stream<Expression> found(Object value) {
    return switch (value) {
      case PolicyValue.Computed<?>(var _, Expression expression) -> Stream.of(expression);
      case Optional<?> some -> some.stream().flatMap(Expressions::found);
      case List<?> list -> list.stream().flatMap(Expressions::found);
      case Record composed ->
          Stream.of(composed.getClass().getRecordComponents())
              .flatMap(component -> found(component(composed, component)));
      default -> Stream.empty();
    };
  }

  private static Object component(Record composed, RecordComponent component) {
    try {
      var accessor = component.getAccessor();
      accessor.setAccessible(true);
      return accessor.invoke(composed);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
