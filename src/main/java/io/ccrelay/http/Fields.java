package io.ccrelay.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The field lines of a message in the order received, repeated lines included (RFC 9110 section
 * 5.3). Immutable; safe for use from any context.
 */
public final class Fields implements Iterable<Field> {

  private static final Fields NONE = new Fields(new Field[0]);

  private final Field[] lines; // nobody else's, and never changed

  private Fields(Field[] lines) {
    this.lines = lines;
  }

  /** No field at all. */
  public static Fields none() {
    return NONE;
  }

  /** The given lines, in that order. */
  public static Fields of(List<Field> lines) {
    return lines.isEmpty() ? NONE : new Fields(lines.toArray(Field[]::new));
  }

  /** Lines from alternating names and values. */
  public static Fields of(String... namesAndValues) {
    var lines = new ArrayList<Field>(namesAndValues.length / 2);
    for (int i = 0; i + 1 < namesAndValues.length; i += 2) {
      lines.add(new Field(namesAndValues[i], namesAndValues[i + 1]));
    }
    return of(lines);
  }

  /** The value of the first line of {@code name}. */
  public Optional<String> first(String name) {
    for (Field line : lines) {
      if (line.is(name)) {
        return Optional.of(line.value());
      }
    }
    return Optional.empty();
  }

  /** The values of all lines of {@code name}, in order. */
  public List<String> all(String name) {
    var values = new ArrayList<String>(2);
    for (Field line : lines) {
      if (line.is(name)) {
        values.add(line.value());
      }
    }
    return values;
  }

  /** All lines of {@code name} joined by a comma and a blank (RFC 9110 section 5.3). */
  public Optional<String> joined(String name) {
    var values = all(name);
    return values.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", values));
  }

  /** Whether a line of {@code name} is present. */
  public boolean has(String name) {
    for (Field line : lines) {
      if (line.is(name)) {
        return true;
      }
    }
    return false;
  }

  /** These lines and one more at the end. */
  public Fields plus(String name, String value) {
    Field[] more = Arrays.copyOf(lines, lines.length + 1);
    more[lines.length] = new Field(name, value);
    return new Fields(more);
  }

  /** These lines with every line of {@code name} replaced by a single one at the end. */
  public Fields with(String name, String value) {
    return without(line -> line.is(name)).plus(name, value);
  }

  /** These lines but for those that {@code unwanted} accepts. */
  public Fields without(Predicate<Field> unwanted) {
    var kept = new Field[lines.length];
    int count = 0;
    for (Field line : lines) {
      if (!unwanted.test(line)) {
        kept[count++] = line;
      }
    }
    if (count == lines.length) {
      return this;
    }
    return count == 0 ? NONE : new Fields(Arrays.copyOf(kept, count));
  }

  /** The lines, in order, unmodifiable. */
  public List<Field> lines() {
    return Collections.unmodifiableList(Arrays.asList(lines));
  }

  @Override
  public Iterator<Field> iterator() {
    return Arrays.asList(lines).iterator(); // which cannot remove
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Fields that && Arrays.equals(lines, that.lines);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(lines);
  }

  @Override
  public String toString() {
    return "Fields(" + lines.length + " lines)";
  }
}
