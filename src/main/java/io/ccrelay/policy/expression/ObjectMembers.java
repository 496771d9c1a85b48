package io.ccrelay.policy.expression;

import io.ccrelay.policy.expression.value.ClrException;

/** {@code System.Object}, exceptions and random numbers. */
final class ObjectMembers {

  private ObjectMembers() {}

  @SuppressWarnings("ReferenceEquality") // of .NET objects, as there
  static void fill(ClrType type) {
    type.method("ToString", 0, 2, "string", ObjectMembers::text)
        .method("Equals", 1, 1, "bool", a -> Comparison.same(a.self(), a.get(0)))
        .method("GetHashCode", 0, 0, "int", a -> a.self().hashCode())
        .function("Equals", 2, 2, "bool", a -> Comparison.same(a.get(0), a.get(1)))
        .function("ReferenceEquals", 2, 2, "bool", a -> a.get(0) == a.get(1));
    exception(Types.EXCEPTION);
    random(Types.RANDOM);
  }

  private static String text(Args a) {
    boolean formatted = a.size() > 0 && a.get(0) instanceof String;
    return formatted ? a.made(Texts.format(a.self(), a.text(0))) : Texts.of(a.self(), a.frame);
  }

  private static void exception(ClrType type) {
    type.property("Message", "string", a -> a.self(ClrException.class).problem())
        .property("InnerException", "Exception", a -> null)
        .property("StackTrace", "string", a -> "")
        .method(
            "ToString",
            0,
            0,
            "string",
            a ->
                "System."
                    + a.self(ClrException.class).type()
                    + ": "
                    + a.self(ClrException.class).problem())
        .constructor(
            0,
            2,
            a ->
                new ClrException(
                    "Exception",
                    a.size() == 0 ? "Exception of type 'System.Exception' was thrown." : a.text(0)))
        .inherits(Types.OBJECT);
  }

  private static void random(ClrType type) {
    type.method("Next", 0, 2, "int", ObjectMembers::next)
        .method("NextDouble", 0, 0, "double", a -> a.self(RandomNumbers.class).real())
        .method("NextBytes", 1, 1, "", ObjectMembers::nextBytes)
        .constructor(
            0,
            1,
            a -> new RandomNumbers(a.size() == 0 ? a.frame.context.entropy().seed() : a.integer(0)))
        .inherits(Types.OBJECT);
  }

  private static int next(Args a) {
    var numbers = a.self(RandomNumbers.class);
    if (a.size() == 0) {
      return numbers.next();
    }
    int least = a.size() == 2 ? a.integer(0) : 0;
    int bound = a.integer(a.size() - 1);
    if (least > bound) {
      throw ClrException.range("'minValue' cannot be greater than maxValue.");
    }
    return numbers.between(least, bound);
  }

  private static Object nextBytes(Args a) {
    byte[] bytes = a.bytes(0);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) a.self(RandomNumbers.class).next();
    }
    return bytes;
  }
}
