package io.ccrelay.http;

/**
 * One field line: a name as received and its value (RFC 9110 section 5).
 *
 * @param name the field name, letter case as received
 * @param value the field value without surrounding blanks
 */
public record Field(String name, String value) {

  /** Whether this line carries the field {@code other}, letter case ignored. */
  public boolean is(String other) {
    return name.equalsIgnoreCase(other);
  }
}
