package io.ccrelay.llm;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** JSON values made at random, and many ways to write each. */
final class RandomJson {

  private static final List<String> TEXTS =
      List.of(
          "",
          "a",
          "b",
          "ab",
          "A",
          "é",
          "e\u0301",
          "\ud83d\ude00",
          "\ud83d",
          "\ude00",
          "\n\"\\/",
          "\u0000",
          "s",
          "1",
          "null",
          "x".repeat(4095) + "é",
          "x".repeat(4100));

  private static final List<String> NUMBERS =
      List.of(
          "0",
          "-0",
          "1",
          "10",
          "-1",
          "1.5",
          "0.001",
          "9007199254740993",
          "9007199254740992",
          "1e400",
          "123456789012345678901234567890.5",
          "1e-9",
          "1e999999999");

  private final Random random;

  RandomJson(long seed) {
    random = new Random(seed);
  }

  /** Minus zero, which no BigDecimal is. */
  enum Special {
    MINUS_ZERO
  }

  /** A short document. */
  String shortDocument() {
    String document = write(value(3));
    return document.length() < 1000 ? document : write(value(0));
  }

  /** Null, Boolean, String, BigDecimal, List or Map. */
  Object value(int depth) {
    return switch (random.nextInt(depth > 0 ? 6 : 4)) {
      case 0 -> random.nextInt(3) == 0 ? "null literal" : random.nextBoolean();
      case 1, 2 -> TEXTS.get(random.nextInt(TEXTS.size()));
      case 3 -> number(NUMBERS.get(random.nextInt(NUMBERS.size())));
      case 4 -> {
        var list = new ArrayList<Object>();
        for (int i = random.nextInt(4); i > 0; i--) {
          list.add(value(depth - 1));
        }
        yield list;
      }
      default -> object(depth);
    };
  }

  Map<String, Object> object(int depth) {
    var map = new LinkedHashMap<String, Object>();
    for (int i = random.nextInt(20) == 0 ? 40 : random.nextInt(5); i > 0; i--) {
      map.put(TEXTS.get(random.nextInt(TEXTS.size())) + (i > 5 ? i : ""), value(depth - 1));
    }
    return map;
  }

  static Object number(String text) {
    return text.equals("-0") ? Special.MINUS_ZERO : new BigDecimal(text).stripTrailingZeros();
  }

  /** Some spelling of {@code value}. */
  String write(Object value) {
    return blank() + bare(value) + blank();
  }

  private String bare(Object value) {
    return switch (value) {
      case Boolean flag -> flag.toString();
      case String text when text.equals("null literal") -> "null";
      case String text -> string(text);
      case Special zero -> random.nextBoolean() ? "-0" : "-0.00e7";
      case BigDecimal number -> spelt(number);
      case List<?> list -> "[" + String.join(",", list.stream().map(this::write).toList()) + "]";
      case Map<?, ?> map -> members(map);
      default -> throw new IllegalArgumentException(value.toString());
    };
  }

  private String members(Map<?, ?> map) {
    var members = new ArrayList<String>();
    map.forEach((name, value) ->
        members.add(blank() + string((String) name) + blank() + ":" + write(value)));
    Collections.shuffle(members, random);
    return "{" + blank() + String.join(",", members) + "}";
  }

  private String spelt(BigDecimal number) {
    int more = random.nextInt(3);
    String exponent = random.nextBoolean() ? "e" : "E+";
    if (number.signum() == 0) {
      return List.of("0", "0.00", "0e7", "0.0E-3").get(random.nextInt(4));
    }
    if (number.scale() <= -100) {
      return number.unscaledValue() + exponent + (-(long) number.scale());
    }
    return switch (random.nextInt(3)) {
      case 0 -> number.toPlainString();
      case 1 ->
          number.setScale(Math.max(number.scale(), 0) + more).toPlainString()
              + (random.nextBoolean() ? "e0" : "e-00");
      default -> number.unscaledValue() + "0".repeat(more) + "e" + (-number.scale() - more);
    };
  }

  private String string(String text) {
    var out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean paired =
          (Character.isHighSurrogate(c)
                  && i + 1 < text.length()
                  && Character.isLowSurrogate(text.charAt(i + 1)))
              || (Character.isLowSurrogate(c)
                  && i > 0
                  && Character.isHighSurrogate(text.charAt(i - 1)));
      boolean must = c < 0x20 || c == '"' || c == '\\' || (Character.isSurrogate(c) && !paired);
      if (paired && Character.isHighSurrogate(c) && random.nextBoolean()) {
        out.append(c).append(text.charAt(++i));
      } else if (must || paired || random.nextInt(50) == 0) {
        out.append(c == '/' && random.nextBoolean() ? "\\/" : String.format("\\u%04X", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }

  private String blank() {
    return random.nextInt(4) == 0 ? " \n\t\r".substring(random.nextInt(4)) : "";
  }
}
