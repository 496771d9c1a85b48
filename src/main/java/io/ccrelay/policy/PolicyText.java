package io.ccrelay.policy;

/**
 * A document or fragment before it is read.
 *
 * @param name as errors give it, such as the file's name
 */
public record PolicyText(String name, String text) {

  /** Without the text. */
  @Override
  public String toString() {
    return "PolicyText[" + name + ", " + text.length() + " characters]";
  }
}
