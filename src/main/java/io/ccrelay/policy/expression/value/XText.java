package io.ccrelay.policy.expression.value;

/** {@code XText} and {@code XCData}. */
public final class XText extends XNode {

  private String text;
  private final boolean section;

  /** Text, in a {@code CDATA} section or not. */
  public XText(String text, boolean section) {
    this.text = text;
    this.section = section;
  }

  /** Whether it stands in a {@code CDATA} section. */
  public boolean isSection() {
    return section;
  }

  /** Replaces the text. */
  public void value(String other) {
    text = other;
  }

  @Override
  public XText copy() {
    return new XText(text, section);
  }

  @Override
  public String value() {
    return text;
  }

  @Override
  public long weight() {
    return 32 + 2L * text.length();
  }

  @Override
  public String kind() {
    return section ? "CDATA" : "Text";
  }
}
