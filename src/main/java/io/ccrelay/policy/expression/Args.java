package io.ccrelay.policy.expression;

import io.ccrelay.policy.expression.value.ClrException;
import io.ccrelay.policy.expression.value.DateTime;
import io.ccrelay.policy.expression.value.TimeSpan;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of one call, with the checks that the type of a parameter would make. Confined to
 * one context.
 */
final class Args {

  static final @Nullable Object[] NONE = new @Nullable Object[0];

  final Frame frame;
  private final @Nullable Object self;
  private final @Nullable Object[] values;
  private final List<TypeRef> types;

  Args(Frame frame, @Nullable Object self, @Nullable Object[] values, List<TypeRef> types) {
    this.frame = frame;
    this.self = self;
    this.values = values;
    this.types = types;
  }

  Budget budget() {
    return frame.budget;
  }

  /** The value whose member is called. */
  Object self() {
    if (self == null) {
      throw ClrException.nullReference();
    }
    return self;
  }

  <V> V self(Class<V> type) {
    return type.cast(self());
  }

  String selfText() {
    return (String) self();
  }

  int size() {
    return values.length;
  }

  boolean has(int index) {
    return index < values.length;
  }

  @Nullable Object get(int index) {
    return values[index];
  }

  @Nullable Object[] all() {
    return values;
  }

  /** The type argument, {@code null} if none is written. */
  @Nullable TypeRef type() {
    return types.isEmpty() ? null : types.getFirst();
  }

  List<TypeRef> types() {
    return types;
  }

  Object some(int index) {
    Object value = values[index];
    if (value == null) {
      throw ClrException.argumentNull();
    }
    return value;
  }

  <V> V as(int index, Class<V> type) {
    Object value = some(index);
    if (!type.isInstance(value)) {
      throw ClrException.cast(Types.nameOf(value), type.getSimpleName());
    }
    return type.cast(value);
  }

  boolean isText(int index) {
    return index < values.length && values[index] instanceof String;
  }

  String text(int index) {
    return as(index, String.class);
  }

  @Nullable String textOrNull(int index) {
    return values[index] == null ? null : text(index);
  }

  boolean truth(int index) {
    return as(index, Boolean.class);
  }

  int integer(int index) {
    return switch (some(index)) {
      case Integer number -> number;
      case Character character -> character;
      case Object other -> throw ClrException.cast(Types.nameOf(other), "System.Int32");
    };
  }

  /** An integer, {@code fallback} if the argument is left out. */
  int integer(int index, int fallback) {
    return has(index) ? integer(index) : fallback;
  }

  long whole(int index) {
    return some(index) instanceof Long number ? number : integer(index);
  }

  double real(int index) {
    return switch (some(index)) {
      case BigDecimal number -> throw ClrException.cast("System.Decimal", "System.Double");
      case Number number -> number.doubleValue();
      case Object other -> integer(index);
    };
  }

  TimeSpan span(int index) {
    return as(index, TimeSpan.class);
  }

  DateTime date(int index) {
    return as(index, DateTime.class);
  }

  ClrEnum enumeration(int index) {
    return as(index, ClrEnum.class);
  }

  boolean isEnum(int index, String type) {
    return has(index) && values[index] instanceof ClrEnum value && value.type().equals(type);
  }

  byte[] bytes(int index) {
    return as(index, byte[].class);
  }

  Callable lambda(int index) {
    return as(index, Callable.class);
  }

  /** Calls the lambda at {@code index} with {@code arguments}. */
  boolean test(int index, @Nullable Object... arguments) {
    return lambda(index).call(arguments) instanceof Boolean truth && truth;
  }

  void out(int index, @Nullable Object value) {
    as(index, Variable.class).set(value);
  }

  /** Sets the out argument, to {@code fallback} if there is no value; whether there is one. */
  boolean tried(int index, @Nullable Object value, @Nullable Object fallback) {
    out(index, value == null ? fallback : value);
    return value != null;
  }

  /** {@code TryParse}: the first argument as {@code read} takes it, into the last one. */
  boolean triedText(Function<String, ? extends @Nullable Object> read, @Nullable Object fallback) {
    return tried(size() - 1, get(0) == null ? null : read.apply(text(0)), fallback);
  }

  String made(String text) {
    return frame.made(text);
  }
}
