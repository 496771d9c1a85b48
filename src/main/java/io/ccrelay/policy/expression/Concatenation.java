package io.ccrelay.policy.expression;

import io.ccrelay.policy.expression.value.XName;
import io.ccrelay.policy.expression.value.XNamespace;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compiles {@code +} and interpolated texts. */
final class Concatenation {

  private final Compiler compiler;

  Concatenation(Compiler compiler) {
    this.compiler = compiler;
  }

  /** {@code +}: operands before the first text are added, all after it are joined at once. */
  Coded sum(Node.Binary node) {
    var operands = new ArrayList<Node>();
    Node first = node;
    while (first instanceof Node.Binary sum && sum.operator().equals("+")) {
      operands.addFirst(sum.right());
      first = sum.left();
    }
    Coded left = compiler.compile(first);
    List<Code> texts = new ArrayList<>();
    for (Node operand : operands) {
      Coded right = compiler.compile(operand);
      if (!texts.isEmpty()) {
        texts.add(right.code());
      } else if (isNamespace(left)) {
        left = named(left.code(), right.code());
      } else if (left.isText() || right.isText()) {
        texts.add(left.code());
        texts.add(right.code());
      } else {
        left = added(node.at(), left, right);
      }
    }
    return texts.isEmpty() ? left : joined(texts);
  }

  private static boolean isNamespace(Coded operand) {
    return operand.type() != null && operand.type().is("XNamespace");
  }

  /** A namespace and a text are a name in XML. */
  private static Coded named(Code namespace, Code local) {
    return new Coded(
        frame -> plus(namespace.run(frame), local.run(frame), frame),
        TypeNames.resolve(new TypeName(0, "XName", List.of(), 0, false)));
  }

  private static Coded added(int at, Coded first, Coded second) {
    Code left = first.code();
    Code right = second.code();
    return new Coded(
        frame -> {
          Object a = left.run(frame);
          Object b = right.run(frame);
          frame.at = at;
          return plus(a, b, frame);
        },
        Operations.promoted(first, second));
  }

  /** {@code +} of values whose types were not known before. */
  static @Nullable Object plus(@Nullable Object left, @Nullable Object right, Frame frame) {
    if (left instanceof XNamespace namespace && right instanceof String local) {
      return XName.checked(namespace.uri(), local);
    }
    return left instanceof String || right instanceof String
        ? frame.made(Texts.of(left, frame).concat(Texts.of(right, frame)))
        : Operators.apply('+', left, right);
  }

  private static Coded joined(List<Code> parts) {
    Code[] codes = parts.toArray(new Code[0]);
    return Coded.of(
        frame -> {
          var out = new StringBuilder();
          for (Code code : codes) {
            String text = Texts.of(code.run(frame), frame);
            frame.budget.allocate(2L * text.length());
            out.append(text);
          }
          return out.toString();
        },
        Types.STRING);
  }

  Coded interpolated(Node.Interpolated node) {
    var parts = new ArrayList<Code>();
    for (Object part : node.parts()) {
      parts.add(part instanceof Node.Show show ? shown(show) : frame -> part);
    }
    return joined(parts);
  }

  private Code shown(Node.Show show) {
    Code value = compiler.code(show.value());
    int width = show.width();
    String format = show.format();
    if (width == 0 && format.isEmpty()) {
      return value;
    }
    return frame -> {
      String text = Texts.format(value.run(frame), format);
      frame.budget.allocate(2L * Math.abs((long) width) + text.length());
      return Texts.aligned(text, width);
    };
  }
}
