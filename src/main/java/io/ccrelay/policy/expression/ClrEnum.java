package io.ccrelay.policy.expression;

import org.jspecify.annotations.Nullable;

/**
 * A value of a .NET enumeration.
 *
 * @param type name of the enumeration
 * @param name name of the value, of several flags with commas
 * @param number its number
 */
record ClrEnum(String type, String name, int number) implements Comparable<ClrEnum> {

  ClrEnum or(ClrEnum other) {
    return new ClrEnum(type, name + ", " + other.name, number | other.number);
  }

  boolean has(int flag) {
    return (number & flag) != 0;
  }

  @Override
  public int compareTo(ClrEnum other) {
    return Integer.compare(number, other.number);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ClrEnum that && type.equals(that.type) && number == that.number;
  }

  @Override
  public int hashCode() {
    return number;
  }

  @Override
  public String toString() {
    return name;
  }
}
