package io.ccrelay.policy.expression.value;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A member of an object: a name and a token. Confined to one context. */
public final class JProperty extends JContainer {

  private final String name;
  private JToken value;

  /**
   * @param name the member's name
   * @param value its value, a token or a plain value
   */
  public JProperty(String name, @Nullable Object value) {
    this.name = name;
    this.value = JToken.of(value).adoptedBy(this);
  }

  /** The name. */
  public String name() {
    return name;
  }

  /** The value. */
  public JToken value() {
    return value;
  }

  /** Sets the value. */
  public void setValue(@Nullable Object replacement) {
    value.setParent(null);
    value = JToken.of(replacement).adoptedBy(this);
  }

  @Override
  void remove(JToken child) {
    value = new JValue(null).adoptedBy(this);
  }

  @Override
  void replace(JToken child, JToken replacement) {
    setValue(replacement);
  }

  @Override
  public Type type() {
    return Type.PROPERTY;
  }

  @Override
  public JProperty deepClone() {
    return new JProperty(name, value.deepClone());
  }

  @Override
  public List<JToken> children() {
    return List.of(value);
  }

  @Override
  public long weight() {
    return super.weight() + 2L * name.length();
  }

  @Override
  public boolean deepEquals(JToken other) {
    return other instanceof JProperty that
        && name.equals(that.name)
        && value.deepEquals(that.value);
  }
}
