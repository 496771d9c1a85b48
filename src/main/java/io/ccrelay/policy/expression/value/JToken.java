package io.ccrelay.policy.expression.value;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A JSON token as in Newtonsoft.Json: part of at most one tree, which knows its parent. Mutable;
 * confined to one context.
 */
public abstract sealed class JToken permits JContainer, JValue {

  private @Nullable JContainer parent;

  /** Kind of a token, a {@code JTokenType}, in its order. */
  public enum Type {
    NONE("None"),
    OBJECT("Object"),
    ARRAY("Array"),
    CONSTRUCTOR("Constructor"),
    PROPERTY("Property"),
    COMMENT("Comment"),
    INTEGER("Integer"),
    FLOAT("Float"),
    STRING("String"),
    BOOLEAN("Boolean"),
    NULL("Null"),
    UNDEFINED("Undefined"),
    DATE("Date"),
    RAW("Raw"),
    BYTES("Bytes"),
    GUID("Guid"),
    URI("Uri"),
    TIME_SPAN("TimeSpan");

    private final String label;

    Type(String label) {
      this.label = label;
    }

    /** Name as in .NET. */
    public String label() {
      return label;
    }
  }

  /**
   * Reads a JSON document.
   *
   * @throws ClrException {@code JsonReaderException} if it is none
   */
  public static JToken parse(String json) {
    return new JsonReader(json).document();
  }

  /** Reads a JSON document; texts that are dates stay texts unless {@code dates}. */
  public static JToken parse(String json, boolean dates) {
    return new JsonReader(json, dates).document();
  }

  /** A token of a plain value; tokens are answered as they are. */
  public static JToken of(@Nullable Object value) {
    return value instanceof JToken token ? token : new JValue(value);
  }

  /** The kind of this token. */
  public abstract Type type();

  /** A copy without a parent. */
  public abstract JToken deepClone();

  /** The tokens directly below, none for a value. */
  public abstract List<JToken> children();

  /** Estimated size in memory of this token and all below it, bytes. */
  public abstract long weight();

  /** Whether both have the same content. */
  public abstract boolean deepEquals(JToken other);

  /** This token as JSON, indented by two blanks a level or without any white space. */
  public String toJson(boolean indented) {
    var out = new StringBuilder();
    new JsonWriter(out, indented).write(this);
    return out.toString();
  }

  /** Indented JSON; of a value its text. */
  @Override
  public String toString() {
    return toJson(true);
  }

  /** The token above, {@code null} for the root. */
  public @Nullable JContainer parent() {
    return parent;
  }

  /** The root of the tree. */
  public JToken root() {
    JToken top = this;
    while (top.parent != null) {
      top = top.parent;
    }
    return top;
  }

  /** The path from the root, for instance {@code choices[0].text}. */
  public String path() {
    var steps = new ArrayList<String>();
    for (JToken at = this; at.parent != null; at = at.parent) {
      if (at instanceof JProperty property) {
        steps.add(
            0, (property.parent() != null && hasAbove(property) ? "." : "") + property.name());
      } else if (at.parent instanceof JArray array) {
        steps.add(0, "[" + array.indexOf(at) + "]");
      }
    }
    return String.join("", steps);
  }

  private static boolean hasAbove(JProperty property) {
    JContainer object = property.parent();
    return object != null && object.parent() != null;
  }

  /** The token itself if it is free, else a copy, ready to be put below {@code container}. */
  @SuppressWarnings("ReferenceEquality") // of .NET objects, as there
  JToken adoptedBy(@Nullable JContainer container) {
    JToken token =
        parent == null && container != null && container.root() != this ? this : deepClone();
    token.parent = container;
    return token;
  }

  void setParent(@Nullable JContainer container) {
    this.parent = container;
  }
}
