package io.ccrelay.semantic.guard;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one prompt. Confined to one thread. */
final class PromptReader {

  private static final Pattern CHUNK = Pattern.compile("\\S+");
  private static final Pattern NUMBER =
      Pattern.compile("([$\u20AC\u00A3\u00A5\u20B9]?)(-?\\d[\\d,]*(?:\\.\\d+)?|\\.\\d+)(.*)");
  private static final Pattern PLAIN_WORD = Pattern.compile("[\\p{L}\\p{M}]+");
  private static final Pattern OUTSIDE =
      Pattern.compile("^[\\p{Punct}\\p{P}]+|[\\p{Punct}\\p{P}]+$");
  private static final Pattern CODE =
      Pattern.compile(
          "(?s).*(?:[_\\\\@#$^*=<>{}|~]|::|\\(\\)|\\w\\(|://|\\p{L}\\.\\p{L}{2,}|[a-z][A-Z]|^--?\\w|^\\.{0,2}/\\w"
              + "|\\p{L}\\d|\\d\\p{L}|\\d[:/]\\d|\\d-\\d+-\\d|\\+\\+|[-+*/%!]=).*");
  private static final Pattern AROUND = Pattern.compile("^[(\\[{\"']+|[)\\]}\"'.,;:!?]+$");
  private static final Pattern BETWEEN_WORDS = Pattern.compile("[-/\\p{Punct}\\p{P}]+");
  private static final Pattern OPERATOR = Pattern.compile("[+*/%=<>!^|&~-]{1,3}");
  private static final Pattern SYMBOL = Pattern.compile("[?.;,!@$#'(){}\\[\\]_\\\\]{1,2}");
  private static final Pattern ENDS_SENTENCE = Pattern.compile("[.!?:;]['\")]?$");
  private static final Set<Character.UnicodeScript> UNSPACED =
      Set.of(
          Character.UnicodeScript.HAN,
          Character.UnicodeScript.HIRAGANA,
          Character.UnicodeScript.KATAKANA,
          Character.UnicodeScript.THAI,
          Character.UnicodeScript.LAO,
          Character.UnicodeScript.KHMER,
          Character.UnicodeScript.MYANMAR);

  private final Wrapping wrapping = new Wrapping();
  private final PromptText text;
  private final boolean shouts;
  private final List<Word> words = new ArrayList<>();
  private final List<Word> line = new ArrayList<>();
  private final List<String> identifiers = new ArrayList<>();
  private final List<Quantity> quantities = new ArrayList<>();
  private final Set<String> units = new HashSet<>();
  private final Set<Character.UnicodeScript> scripts = new HashSet<>();
  private OptionalDouble pending = OptionalDouble.empty();
  private boolean opens = true;
  private boolean last;

  /** Where in {@link #line} the text begins that follows the first colon; -1 if there is none. */
  private int instruction = -1;

  private PromptReader(PromptText text) {
    this.text = text;
    this.shouts = text.shouts();
  }

  static Prompt read(String raw) {
    return new PromptReader(PromptText.of(raw)).read();
  }

  private Prompt read() {
    text.plain()
        .codePoints()
        .filter(Character::isLetter)
        .forEach(letter -> {
          var script = Character.UnicodeScript.of(letter);
          if (script != Character.UnicodeScript.COMMON
              && script != Character.UnicodeScript.INHERITED) {
            scripts.add(script);
          }
        });
    int end = text.plain().stripTrailing().length();
    Matcher chunks = CHUNK.matcher(text.plain());
    while (chunks.find()) {
      last = chunks.end() == end;
      chunk(chunks.group());
    }
    settle(Optional.empty());
    mention();
    return new Prompt(
        words,
        payload(),
        text.quotes(),
        identifiers,
        quantities,
        units,
        scripts,
        line,
        Asks.of(words, text.plain()));
  }

  /** What follows the first colon, word for word. */
  private List<String> payload() {
    return instruction < 0
        ? List.of()
        : line.subList(Math.min(instruction, line.size()), line.size()).stream()
            .map(Word::text)
            .toList();
  }

  /** Marks the small words that are spoken of, which the words after them tell. */
  private void mention() {
    Set<Word> mentioned = Collections.newSetFromMap(new IdentityHashMap<>());
    for (int i = 0; i < words.size(); i++) {
      if (Mentions.at(words, i)) {
        mentioned.add(words.get(i));
      }
    }
    if (!mentioned.isEmpty()) {
      words.replaceAll(word -> mentioned.contains(word) ? word.asMentioned() : word);
      line.replaceAll(word -> mentioned.contains(word) ? word.asMentioned() : word);
    }
  }

  private void chunk(String chunk) {
    if (chunk.equals(PromptText.MARK)) {
      settle(Optional.empty());
      line.add(Word.plain(chunk));
      opens = false;
      return;
    }
    boolean ends = ENDS_SENTENCE.matcher(chunk).find();
    if (chunk.endsWith(":") && instruction < 0) {
      token(chunk);
      instruction = line.size();
      opens = true;
      return;
    }
    if (OPERATOR.matcher(chunk).matches()) {
      boolean calculates = pending.isPresent() || !(chunk.equals("-") || chunk.equals("/"));
      if (calculates && !chunk.equals("&")) {
        identifier(chunk);
      }
    } else {
      token(chunk);
    }
    opens = ends;
  }

  private void token(String chunk) {
    if (isPlain(chunk)) {
      word(chunk);
      return;
    }
    String core = OUTSIDE.matcher(chunk).replaceAll("");
    Matcher number = NUMBER.matcher(unpunctuated(chunk));
    if (number.matches() && number(number)) {
      return;
    }
    if (core.isEmpty()) {
      if (SYMBOL.matcher(chunk).matches() && !opens && !last) {
        identifier(chunk);
      }
      return;
    }
    if (Units.of(core).isPresent() && core.contains("/")) {
      unit(core);
    } else if (isCode(chunk, core)) {
      identifier(codeOf(chunk, core));
    } else {
      BETWEEN_WORDS.splitAsStream(core).forEach(this::word);
    }
  }

  /** Whether it is a word beyond doubt: letters, none but the first of them capital. */
  private static boolean isPlain(String chunk) {
    for (int i = 0; i < chunk.length(); i++) {
      char letter = chunk.charAt(i);
      boolean small = letter >= 'a' && letter <= 'z';
      boolean capital = i == 0 && letter >= 'A' && letter <= 'Z';
      if (!small && !capital) {
        return false;
      }
    }
    return chunk.length() > 1;
  }

  /** {@code chunk} without what ends a sentence or opens a bracket. */
  private static String unpunctuated(String chunk) {
    return AROUND.matcher(chunk).replaceAll("");
  }

  private boolean isCode(String chunk, String core) {
    return CODE.matcher(unpunctuated(chunk)).matches()
        || (core.length() < 4 && (chunk.startsWith(core + "++") || chunk.startsWith(core + "#")));
  }

  private static String codeOf(String chunk, String core) {
    String code = unpunctuated(chunk);
    return code.isEmpty() ? core : code;
  }

  private boolean number(Matcher number) {
    String rest = number.group(3).strip().replaceFirst("^-", "");
    boolean ordinal = rest.matches("(?i)st|nd|rd|th");
    Optional<Units.Unit> unit = rest.isEmpty() ? Optional.empty() : Units.of(rest);
    if (!rest.isEmpty() && !ordinal && unit.isEmpty()) {
      return false;
    }
    settle(Optional.empty());
    double value;
    try {
      value = Double.parseDouble(number.group(2).replace(",", ""));
    } catch (NumberFormatException tooOdd) {
      return false;
    }
    line.add(Word.plain(Double.toString(value)));
    if (ordinal) {
      quantities.add(new Quantity(value, "#"));
    } else if (unit.isPresent()) {
      quantities.add(Quantity.of(value, unit.get()));
    } else if (!number.group(1).isEmpty()) {
      quantities.add(Quantity.of(value, Units.of(number.group(1)).orElseThrow()));
    } else {
      pending = OptionalDouble.of(value);
    }
    return true;
  }

  private void word(String part) {
    if (part.isEmpty()) {
      return;
    }
    String lower = part.toLowerCase(Locale.ROOT);
    if (isNumberWord(lower) || isUnit(part, lower)) {
      return;
    }
    settle(Optional.empty());
    if (isUnspaced(part)) {
      part.codePoints()
          .forEach(letter -> add(Character.toString(letter), Character.toString(letter)));
    } else {
      add(part, lower);
    }
    opens = false;
  }

  private boolean isNumberWord(String lower) {
    OptionalDouble multiple = NumberWords.multiple(lower);
    if (multiple.isPresent() && pending.isPresent()) {
      pending = OptionalDouble.of(pending.getAsDouble() * multiple.getAsDouble());
      return true;
    }
    OptionalDouble cardinal = multiple.isPresent() ? multiple : NumberWords.cardinal(lower);
    if (cardinal.isPresent()) {
      settle(Optional.empty());
      pending = cardinal;
      line.add(Word.plain(Double.toString(cardinal.getAsDouble())));
      return true;
    }
    OptionalDouble ordinal = NumberWords.ordinal(lower);
    boolean time = lower.equals("second") && pending.isPresent();
    if (ordinal.isPresent() && !time) {
      settle(Optional.empty());
      quantities.add(new Quantity(ordinal.getAsDouble(), "#"));
      line.add(Word.plain(Double.toString(ordinal.getAsDouble())));
      return true;
    }
    return false;
  }

  private boolean isUnit(String part, String lower) {
    if (pending.isPresent() && (lower.equals("a") || lower.equals("an"))) {
      return true;
    }
    Optional<Units.Unit> unit = pending.isPresent() ? Units.of(part) : Units.named(part);
    if (unit.isEmpty()) {
      return false;
    }
    if (pending.isPresent()) {
      settle(unit);
    } else {
      unit(part);
    }
    return true;
  }

  private void unit(String name) {
    units.add(Units.of(name).orElseThrow().name());
    line.add(Word.plain(Units.of(name).orElseThrow().name()));
  }

  private void settle(Optional<Units.Unit> unit) {
    if (pending.isPresent()) {
      double value = pending.getAsDouble();
      pending = OptionalDouble.empty();
      quantities.add(unit.map(it -> Quantity.of(value, it)).orElseGet(() -> Quantity.bare(value)));
    }
  }

  private void identifier(String code) {
    settle(Optional.empty());
    String lower = code.toLowerCase(Locale.ROOT);
    identifiers.add(lower);
    line.add(Word.plain(lower));
  }

  private void add(String part, String lower) {
    boolean capital = !shouts && Character.isUpperCase(part.codePointAt(0));
    boolean acronym =
        capital
            && part.length() > 1
            && part.equals(part.toUpperCase(Locale.ROOT))
            && PLAIN_WORD.matcher(part).matches();
    boolean letter = capital && part.equals("A") && !opens;
    var word =
        new Word(
            lower,
            acronym ? Synonyms.find(lower).orElse(lower) : Stem.of(lower),
            capital,
            acronym,
            opens,
            wrapping.wraps(acronym ? part : lower, opens),
            letter);
    words.add(word);
    line.add(word);
  }

  private static boolean isUnspaced(String part) {
    return UNSPACED.contains(Character.UnicodeScript.of(part.codePointAt(0)));
  }
}
