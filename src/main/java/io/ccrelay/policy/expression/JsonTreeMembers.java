package io.ccrelay.policy.expression;

import static io.ccrelay.policy.expression.ClrType.MANY;

import io.ccrelay.policy.expression.value.ClrException;
import io.ccrelay.policy.expression.value.JArray;
import io.ccrelay.policy.expression.value.JObject;
import io.ccrelay.policy.expression.value.JProperty;
import io.ccrelay.policy.expression.value.JToken;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code JObject}, {@code JArray} and {@code JProperty}. */
final class JsonTreeMembers {

  private JsonTreeMembers() {}

  static void fill() {
    object(Types.JOBJECT);
    array(Types.JARRAY);
    Types.JPROPERTY
        .property("Name", "string", a -> a.self(JProperty.class).name())
        .property("Value", "JToken", a -> a.self(JProperty.class).value())
        .setter("Value", JsonTreeMembers::setValue)
        .property("Count", "int", a -> 1)
        .constructor(2, MANY, JsonTreeMembers::createProperty)
        .inherits(Types.JCONTAINER);
  }

  private static void object(ClrType type) {
    type.property("Count", "int", a -> object(a).size())
        .method(
            "Properties",
            0,
            0,
            "List",
            a -> JsonTrees.converted(object(a).children(), null, a.budget()))
        .method("Property", 1, 2, "JProperty", a -> object(a).property(a.text(0)))
        .method("PropertyValues", 0, 0, "List", a -> JsonTrees.values(object(a), a.budget()))
        .method("ContainsKey", 1, 1, "bool", a -> object(a).property(a.text(0)) != null)
        .method("GetValue", 1, 2, "JToken", JsonTreeMembers::getValue)
        .method("TryGetValue", 2, 3, "bool", JsonTreeMembers::tryGetValue)
        .method("Add", 1, 2, "", JsonTreeMembers::addMember)
        .method("Remove", 0, 1, "bool", JsonTreeMembers::removeMember)
        .method("RemoveAll", 0, 0, "", JsonTreeMembers::clearObject)
        .method("Merge", 1, 2, "", JsonTreeMembers::merge)
        .function("Parse", 1, 2, "JObject", a -> parsed(a, JObject.class))
        .function(
            "FromObject",
            1,
            1,
            "JObject",
            a -> kept(JsonTrees.from(a.get(0), a.frame), JObject.class))
        .constructor(0, MANY, JsonTreeMembers::createObject)
        .inherits(Types.JCONTAINER);
  }

  private static void array(ClrType type) {
    type.property("Count", "int", a -> array(a).size())
        .method("Add", 1, 1, "", JsonTreeMembers::addItem)
        .method("Insert", 2, 2, "", JsonTreeMembers::insertItem)
        .method("RemoveAt", 1, 1, "", JsonTreeMembers::removeAt)
        .method("Remove", 0, 1, "bool", JsonTreeMembers::removeItem)
        .method("Clear", 0, 0, "", JsonTreeMembers::clearArray)
        .method("Contains", 1, 1, "bool", a -> array(a).indexOf(JToken.of(a.get(0))) >= 0)
        .method("IndexOf", 1, 1, "int", a -> array(a).indexOf(JToken.of(a.get(0))))
        .method("Merge", 1, 2, "", JsonTreeMembers::append)
        .function("Parse", 1, 2, "JArray", a -> parsed(a, JArray.class))
        .function(
            "FromObject",
            1,
            1,
            "JArray",
            a -> kept(JsonTrees.from(a.get(0), a.frame), JArray.class))
        .constructor(0, MANY, JsonTreeMembers::createArray)
        .inherits(Types.JCONTAINER);
  }

  private static JObject object(Args a) {
    return a.self(JObject.class);
  }

  private static JArray array(Args a) {
    return a.self(JArray.class);
  }

  private static <T extends JToken> T parsed(Args a, Class<T> type) {
    JToken token = JsonMembers.parse(a);
    if (!type.isInstance(token)) {
      throw new ClrException(
          "JsonReaderException",
          "Error reading "
              + type.getSimpleName()
              + " from JsonReader. Current JsonReader item is not of that kind: "
              + token.type().label()
              + ".");
    }
    return type.cast(token);
  }

  private static <T extends JToken> T kept(JToken token, Class<T> type) {
    if (!type.isInstance(token)) {
      throw ClrException.argument(
          "Object serialized to "
              + token.type().label()
              + ". "
              + type.getSimpleName()
              + " instance expected.");
    }
    return type.cast(token);
  }

  private static @Nullable Object setValue(Args a) {
    a.self(JProperty.class).setValue(JsonTrees.content(a.get(0), a.self(JProperty.class), a.frame));
    return a.get(0);
  }

  private static JProperty createProperty(Args a) {
    if (a.size() == 2) {
      return new JProperty(a.text(0), JsonTrees.content(a.get(1), null, a.frame));
    }
    var items = new JArray();
    for (int i = 1; i < a.size(); i++) {
      items.add(JsonTrees.content(a.get(i), null, a.frame));
    }
    return new JProperty(a.text(0), items);
  }

  private static @Nullable JToken getValue(Args a) {
    boolean ignoreCase = StringSearch.ignoresCase(a, 1);
    return ignoreCase ? object(a).getIgnoringCase(a.text(0)) : object(a).get(a.text(0));
  }

  private static boolean tryGetValue(Args a) {
    JToken value = getValue(a);
    a.out(a.size() - 1, value);
    return value != null;
  }

  private static @Nullable Object addMember(Args a) {
    if (a.size() == 2) {
      object(a).add(new JProperty(a.text(0), JsonTrees.content(a.get(1), object(a), a.frame)));
    } else {
      addContent(object(a), a.get(0), a.frame);
    }
    return null;
  }

  private static void addContent(JObject object, @Nullable Object content, Frame frame) {
    switch (content) {
      case JProperty property -> object.add((JProperty) JsonTrees.content(property, object, frame));
      case Pair pair when pair.key() instanceof String name ->
          object.add(new JProperty(name, JsonTrees.content(pair.value(), object, frame)));
      case JObject other ->
          other.properties().forEach(property -> addContent(object, property, frame));
      case Object several when Sequence.isOne(several) && !(several instanceof String) ->
          Sequence.of(several, frame.budget).forEach(item -> addContent(object, item, frame));
      case null -> {}
      default ->
          throw ClrException.argument(
              "Can not add " + Types.nameOf(content) + " to Newtonsoft.Json.Linq.JObject.");
    }
  }

  private static boolean removeMember(Args a) {
    if (a.size() == 0) {
      return JsonMembers.detach(a);
    }
    return object(a).remove(a.text(0));
  }

  private static @Nullable Object clearObject(Args a) {
    object(a).clear();
    return null;
  }

  private static @Nullable Object merge(Args a) {
    a.budget().allocate(a.as(0, JToken.class).weight());
    JsonTrees.merge(object(a), a.as(0, JToken.class));
    return null;
  }

  private static JObject createObject(Args a) {
    var object = new JObject();
    for (Object content : a.all()) {
      addContent(object, content, a.frame);
    }
    return object;
  }

  private static @Nullable Object addItem(Args a) {
    array(a).add(JsonTrees.content(a.get(0), array(a), a.frame));
    return null;
  }

  private static @Nullable Object insertItem(Args a) {
    array(a).insert(a.integer(0), JsonTrees.content(a.get(1), array(a), a.frame));
    return null;
  }

  private static @Nullable Object removeAt(Args a) {
    array(a).removeAt(a.integer(0));
    return null;
  }

  private static boolean removeItem(Args a) {
    if (a.size() == 0) {
      return JsonMembers.detach(a);
    }
    int index = array(a).indexOf(JToken.of(a.get(0)));
    if (index >= 0) {
      array(a).removeAt(index);
    }
    return index >= 0;
  }

  private static @Nullable Object clearArray(Args a) {
    array(a).clear();
    return null;
  }

  private static @Nullable Object append(Args a) {
    for (Object item : Sequence.of(a.get(0), a.budget())) {
      array(a).add(JsonTrees.content(item, array(a), a.frame));
    }
    return null;
  }

  private static JArray createArray(Args a) {
    var array = new JArray();
    List<@Nullable Object> contents = new ArrayList<>();
    for (Object content : a.all()) {
      boolean several =
          content != null
              && Sequence.isOne(content)
              && !(content instanceof String
                  || content instanceof JToken
                  || content instanceof byte[])
              && a.size() == 1;
      contents.addAll(
          several ? Sequence.of(content, a.budget()) : Collections.singletonList(content));
    }
    contents.forEach(content -> array.add(JsonTrees.content(content, array, a.frame)));
    return array;
  }
}
