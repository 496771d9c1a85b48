package io.ccrelay.policy.run;

import io.ccrelay.policy.PolicyValue;
import io.ccrelay.policy.Token;
import io.ccrelay.policy.expression.Budget;
import io.ccrelay.policy.expression.Expression;
import io.ccrelay.policy.expression.value.ClrException;
import io.ccrelay.policy.expression.value.JValue;
import io.ccrelay.policy.expression.value.Text;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Values of attributes for one conversation: expressions evaluated, results made what they must be.
 */
final class Values {

  private final Conversation conversation;

  Values(Conversation conversation) {
    this.conversation = conversation;
  }

  /** The value; never null but for an {@code Object} that an expression makes null. */
  <T> T of(PolicyValue<T> value) {
    return switch (value) {
      case PolicyValue.Literal<T>(var _, T literal) -> literal;
      case PolicyValue.Computed<T>(Class<T> type, Expression expression) ->
          converted(type, evaluate(expression));
    };
  }

  <T> Optional<T> of(Optional<PolicyValue<T>> value) {
    return value.map(this::of);
  }

  List<String> all(List<PolicyValue<String>> values) {
    return values.stream().map(this::of).toList();
  }

  /** The value with its own type, which may be null. */
  @Nullable Object object(PolicyValue<Object> value) {
    return switch (value) {
      case PolicyValue.Literal<Object>(var _, Object literal) -> literal;
      case PolicyValue.Computed<Object>(var _, Expression expression) -> evaluate(expression);
    };
  }

  private @Nullable Object evaluate(Expression expression) {
    var budget =
        new Budget(conversation.surroundings().limits().evaluation(), conversation.host()::nanos);
    return expression.evaluate(conversation, budget);
  }

  private static <T> T converted(Class<T> type, @Nullable Object result) {
    Object plain = result instanceof JValue json ? json.value() : result;
    if (type == String.class) {
      return type.cast(plain == null ? "" : Text.of(plain));
    }
    if (plain == null) {
      throw ClrException.cast("null", type.getSimpleName());
    }
    if (type.isEnum()) {
      return token(type, Text.of(plain));
    }
    return type.cast(scalar(type, plain));
  }

  private static Object scalar(Class<?> type, Object plain) {
    if (type == Boolean.class) {
      return plain instanceof Boolean flag ? flag : truth(Text.of(plain));
    }
    if (plain instanceof Number number && !(type == Object.class)) {
      return number(type, number.doubleValue(), number.longValue());
    }
    return type == Object.class ? plain : parsed(type, Text.of(plain).strip());
  }

  private static boolean truth(String text) {
    if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
      return text.equalsIgnoreCase("true");
    }
    throw ClrException.format("String was not recognized as a valid Boolean.");
  }

  private static Object parsed(Class<?> type, String text) {
    try {
      return type == Double.class
          ? (Object) Double.valueOf(text)
          : number(type, (double) Long.parseLong(text), Long.parseLong(text));
    } catch (NumberFormatException e) {
      throw ClrException.format("Input string was not in a correct format.");
    }
  }

  private static Object number(Class<?> type, double exact, long whole) {
    if (type == Double.class) {
      return exact;
    }
    if (type == Long.class) {
      return whole;
    }
    if (whole != (int) whole) {
      throw ClrException.overflow("an Int32");
    }
    return (int) whole;
  }

  private static <T> T token(Class<T> type, String word) {
    for (T constant : type.getEnumConstants()) {
      if (constant instanceof Token token && token.token().equalsIgnoreCase(word.strip())) {
        return constant;
      }
    }
    throw ClrException.argument("'" + word + "' is not allowed here.");
  }
}
