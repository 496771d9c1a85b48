package io.ccrelay.policy.expression.value;

/** {@code XComment}. */
public final class XComment extends XNode {

  private final String text;

  /** A comment. */
  public XComment(String text) {
    this.text = text;
  }

  @Override
  public XComment copy() {
    return new XComment(text);
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
    return "Comment";
  }
}
