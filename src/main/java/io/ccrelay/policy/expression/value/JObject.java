package io.ccrelay.policy.expression.value;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON object; its members keep their order. Confined to one context. */
public final class JObject extends JContainer {

  private final Map<String, JProperty> members = new LinkedHashMap<>();

  /** The value of a member, {@code null} if there is none. */
  public @Nullable JToken get(String name) {
    JProperty property = members.get(name);
    return property == null ? null : property.value();
  }

  /** The member of that name. */
  public @Nullable JProperty property(String name) {
    return members.get(name);
  }

  /** The value of the member whose name differs in letter case only, if none is equal. */
  public @Nullable JToken getIgnoringCase(String name) {
    JToken exact = get(name);
    if (exact != null) {
      return exact;
    }
    for (JProperty property : members.values()) {
      if (property.name().equalsIgnoreCase(name)) {
        return property.value();
      }
    }
    return null;
  }

  /** Sets or adds a member; {@code value} is a token or a plain value. */
  public void set(String name, @Nullable Object value) {
    JProperty there = members.get(name);
    if (there != null) {
      there.setValue(value);
    } else {
      add(new JProperty(name, value));
    }
  }

  /**
   * Adds a member.
   *
   * @throws ClrException {@code ArgumentException} if there is one of that name
   */
  public void add(JProperty property) {
    if (members.containsKey(property.name())) {
      throw ClrException.argument(
          "Can not add property "
              + property.name()
              + " to Newtonsoft.Json.Linq.JObject. Property with the same name already exists on"
              + " object.");
    }
    members.put(property.name(), (JProperty) property.adoptedBy(this));
  }

  /** Removes a member; whether there was one. */
  public boolean remove(String name) {
    JProperty gone = members.remove(name);
    if (gone == null) {
      return false;
    }
    gone.setParent(null);
    return true;
  }

  /** Removes all members. */
  public void clear() {
    members.clear();
  }

  /** The members in order. */
  public Collection<JProperty> properties() {
    return Collections.unmodifiableCollection(members.values());
  }

  /** Number of members. */
  public int size() {
    return members.size();
  }

  @Override
  void remove(JToken child) {
    if (child instanceof JProperty property) {
      members.remove(property.name());
    }
  }

  @Override
  void replace(JToken child, JToken replacement) {
    if (child instanceof JProperty old && replacement instanceof JProperty property) {
      members.remove(old.name());
      add(property);
      return;
    }
    throw ClrException.argument("Can not add a value to Newtonsoft.Json.Linq.JObject.");
  }

  @Override
  public Type type() {
    return Type.OBJECT;
  }

  @Override
  public JObject deepClone() {
    var copy = new JObject();
    for (JProperty property : members.values()) {
      copy.add(property.deepClone());
    }
    return copy;
  }

  @Override
  public List<JToken> children() {
    return new ArrayList<>(members.values());
  }

  @Override
  public boolean deepEquals(JToken other) {
    if (!(other instanceof JObject that) || members.size() != that.members.size()) {
      return false;
    }
    for (JProperty property : members.values()) {
      JToken theirs = that.get(property.name());
      if (theirs == null || !property.value().deepEquals(theirs)) {
        return false;
      }
    }
    return true;
  }
}
