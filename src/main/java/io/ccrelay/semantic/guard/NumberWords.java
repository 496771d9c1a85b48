package io.ccrelay.semantic.guard;

import java.util.Map;
import java.util.OptionalDouble;

/** Numbers written as English words. */
final class NumberWords {

  /** "one" is left out: it is a pronoun more often than a number. */
  private static final Map<String, Double> CARDINALS =
      Words.values(
          """
          zero 0 two 2 three 3 four 4 five 5 six 6 seven 7 eight 8 nine 9 ten 10 eleven 11 twelve 12
          thirteen 13 fourteen 14 fifteen 15 sixteen 16 seventeen 17 eighteen 18 nineteen 19
          twenty 20 thirty 30 forty 40 fifty 50 sixty 60 seventy 70 eighty 80 ninety 90
          dozen 12 half 0.5 i 0 ii 2 iii 3 iv 4 vi 6 vii 7 viii 8 ix 9
          """);

  private static final Map<String, Double> MULTIPLES =
      Words.values("hundred 100 thousand 1000 million 1000000 billion 1000000000 k 1000");

  private static final Map<String, Double> ORDINALS =
      Words.values(
          """
          first 1 second 2 third 3 fourth 4 fifth 5 sixth 6 seventh 7 eighth 8 ninth 9 tenth 10
          eleventh 11 twelfth 12 thirteenth 13 fourteenth 14 fifteenth 15 sixteenth 16 seventeenth 17
          eighteenth 18 nineteenth 19 twentieth 20 hundredth 100
          """);

  private NumberWords() {}

  static OptionalDouble cardinal(String word) {
    return word.equals("i") ? OptionalDouble.empty() : at(CARDINALS, word);
  }

  static OptionalDouble multiple(String word) {
    return at(MULTIPLES, word);
  }

  static OptionalDouble ordinal(String word) {
    return at(ORDINALS, word);
  }

  private static OptionalDouble at(Map<String, Double> values, String word) {
    Double value = values.get(word);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}
