package io.ccrelay.policy.expression;

import static io.ccrelay.policy.expression.ClrType.MANY;

import io.ccrelay.policy.expression.value.ClrException;
import java.util.Arrays;

/** {@code System.Text.StringBuilder}. */
final class BuilderMembers {

  private static final String NEW_LINE = "\n";

  private BuilderMembers() {}

  static void fill(ClrType type) {
    type.property("Length", "int", a -> builder(a).length())
        .setter("Length", BuilderMembers::setLength)
        .index("char", BuilderMembers::charAt)
        .method("Append", 1, 3, "StringBuilder", BuilderMembers::append)
        .method(
            "AppendLine",
            0,
            1,
            "StringBuilder",
            a -> add(a, (a.size() == 0 ? "" : Texts.of(a.get(0), a.frame)) + NEW_LINE))
        .method(
            "AppendFormat",
            2,
            MANY,
            "StringBuilder",
            a ->
                add(
                    a,
                    Texts.composite(a.text(0), Arrays.copyOfRange(a.all(), 1, a.size()), a.frame)))
        .method("Insert", 2, 2, "StringBuilder", BuilderMembers::insert)
        .method("Remove", 2, 2, "StringBuilder", BuilderMembers::remove)
        .method("Replace", 2, 2, "StringBuilder", BuilderMembers::replace)
        .method("Clear", 0, 0, "StringBuilder", a -> cut(builder(a), 0))
        .method("ToString", 0, 0, "string", a -> a.made(builder(a).toString()))
        .constructor(0, 2, BuilderMembers::create)
        .inherits(Types.OBJECT);
  }

  private static StringBuilder builder(Args a) {
    return a.self(StringBuilder.class);
  }

  private static StringBuilder add(Args a, String text) {
    a.budget().allocate(2L * text.length());
    return builder(a).append(text);
  }

  private static StringBuilder append(Args a) {
    if (a.size() == 2 && a.get(0) instanceof Character c) {
      int count = a.integer(1);
      a.budget().allocate(2L * Math.max(0, count));
      return builder(a).repeat(c, Math.max(0, count));
    }
    if (a.size() == 3) {
      String text = a.text(0);
      int from = a.integer(1);
      int count = a.integer(2);
      checked(from, count, text.length());
      return add(a, text.substring(from, from + count));
    }
    return add(a, Texts.of(a.get(0), a.frame));
  }

  private static void checked(int from, int count, int length) {
    if (from < 0 || count < 0 || (long) from + count > length) {
      throw ClrException.range("Index was out of range.");
    }
  }

  private static char charAt(Args a) {
    int index = a.integer(0);
    if (index < 0 || index >= builder(a).length()) {
      throw ClrException.index();
    }
    return builder(a).charAt(index);
  }

  private static Object setLength(Args a) {
    int length = a.integer(0);
    checked(0, length, Integer.MAX_VALUE);
    a.budget().allocate(Math.max(0, 2L * (length - builder(a).length())));
    return cut(builder(a), length);
  }

  private static StringBuilder cut(StringBuilder builder, int length) {
    builder.setLength(length);
    return builder;
  }

  private static StringBuilder insert(Args a) {
    checked(a.integer(0), 0, builder(a).length());
    return builder(a).insert(a.integer(0), Texts.of(a.get(1), a.frame));
  }

  private static StringBuilder remove(Args a) {
    checked(a.integer(0), a.integer(1), builder(a).length());
    return builder(a).delete(a.integer(0), a.integer(0) + a.integer(1));
  }

  private static StringBuilder replace(Args a) {
    String from = Texts.of(a.some(0));
    String to = Texts.of(a.get(1));
    if (from.isEmpty()) {
      throw ClrException.argument("String cannot be of zero length.");
    }
    var text = builder(a).toString();
    long most = 2L * text.length() / from.length() * Math.max(0, to.length() - from.length());
    a.budget().allocate(most);
    return cut(builder(a), 0).append(text.replace(from, to));
  }

  private static StringBuilder create(Args a) {
    return new StringBuilder(a.isText(0) ? a.text(0) : "");
  }
}
