package io.ccrelay.policy.expression;

import io.ccrelay.policy.expression.value.ClrException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** {@code Dictionary<K,V>}, {@code HashSet<T>} and {@code KeyValuePair<K,V>}. */
final class DictionaryMembers {

  private DictionaryMembers() {}

  static void fill() {
    dictionaries();
    pairs();
    sets();
    comparers();
  }

  private static void dictionaries() {
    Types.DICTIONARY
        .property("Count", "int", a -> map(a).size())
        .property("Keys", "List", a -> new ArrayList<>(map(a).keySet()))
        .property("Values", "List", a -> new ArrayList<>(map(a).values()))
        .index("", DictionaryMembers::get)
        .indexSetter(DictionaryMembers::put)
        .method("Add", 2, 2, "", DictionaryMembers::add)
        .method("TryAdd", 2, 2, "bool", DictionaryMembers::tryAdd)
        .method("ContainsKey", 1, 1, "bool", a -> map(a).containsKey(key(a)))
        .method(
            "ContainsValue",
            1,
            1,
            "bool",
            a -> ListMembers.indexOf(new ArrayList<>(map(a).values()), a.get(0), a.budget()) >= 0)
        .method("TryGetValue", 2, 2, "bool", DictionaryMembers::tryGet)
        .method("GetValueOrDefault", 1, 2, "", DictionaryMembers::getOrDefault)
        .method("Remove", 1, 1, "bool", DictionaryMembers::remove)
        .method("Clear", 0, 0, "", DictionaryMembers::clear)
        .method("ToQueryString", 0, 0, "string", a -> form(a, true))
        .method("ToFormUrlEncodedContent", 0, 0, "string", a -> form(a, false))
        .constructor(0, 2, DictionaryMembers::create)
        .inherits(Types.SEQUENCE)
        .inherits(Types.OBJECT);
    for (String name : new String[] {"IDictionary", "IReadOnlyDictionary"}) {
      Types.declare(
              "System.Collections.Generic",
              name,
              "",
              value ->
                  value instanceof Map<?, ?>
                      || value instanceof NameValues
                      || value instanceof ContextMembers.Variables)
          .inherits(Types.DICTIONARY);
    }
  }

  private static void pairs() {
    Types.PAIR
        .property("Key", "", a -> a.self(Pair.class).key())
        .property("Value", "", a -> a.self(Pair.class).value())
        .constructor(2, 2, a -> new Pair(a.get(0), a.get(1)))
        .inherits(Types.OBJECT);
  }

  private static void sets() {
    Types.SET
        .property("Count", "int", a -> a.self(Set.class).size())
        .method("Add", 1, 1, "bool", DictionaryMembers::addToSet)
        .method(
            "Contains", 1, 1, "bool", a -> a.get(0) != null && a.self(Set.class).contains(a.get(0)))
        .method("Remove", 1, 1, "bool", a -> a.get(0) != null && a.self(Set.class).remove(a.get(0)))
        .constructor(0, 2, DictionaryMembers::createSet)
        .inherits(Types.SEQUENCE)
        .inherits(Types.OBJECT);
    Types.declare("System.Collections.Generic", "ISet", "", Set.class::isInstance)
        .inherits(Types.SET);
  }

  private static void comparers() {
    ClrType comparer =
        Types.declare("System", "StringComparer", "", value -> value instanceof ClrEnum);
    for (int i = 0; i < Enums.COMPARISONS.length; i++) {
      var value = new ClrEnum("StringComparer", Enums.COMPARISONS[i], i);
      comparer.constant(value.name(), "StringComparer", a -> value);
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<Object, @Nullable Object> map(Args a) {
    return (Map<Object, @Nullable Object>) a.self();
  }

  private static Object key(Args a) {
    Object key = a.some(0);
    boolean fits = !(map(a) instanceof TreeMap<?, ?>) || key instanceof String;
    if (!fits) {
      throw ClrException.cast(Types.nameOf(key), "System.String");
    }
    return key;
  }

  private static @Nullable Object get(Args a) {
    Object key = key(a);
    if (!map(a).containsKey(key)) {
      throw new ClrException(
          "KeyNotFoundException",
          "The given key '" + Texts.of(key) + "' was not present in the dictionary.");
    }
    return map(a).get(key);
  }

  private static @Nullable Object put(Args a) {
    a.budget().allocate(64);
    map(a).put(key(a), a.get(1));
    return a.get(1);
  }

  private static @Nullable Object add(Args a) {
    if (!tryAdd(a)) {
      throw ClrException.argument(
          "An item with the same key has already been added. Key: " + Texts.of(a.get(0)));
    }
    return null;
  }

  private static boolean tryAdd(Args a) {
    boolean absent = !map(a).containsKey(key(a));
    if (absent) {
      var _ = put(a);
    }
    return absent;
  }

  private static boolean tryGet(Args a) {
    boolean there = map(a).containsKey(key(a));
    a.out(1, map(a).get(key(a)));
    return there;
  }

  private static @Nullable Object getOrDefault(Args a) {
    return map(a).containsKey(key(a)) ? map(a).get(key(a)) : a.has(1) ? a.get(1) : null;
  }

  private static boolean remove(Args a) {
    boolean there = map(a).containsKey(key(a));
    map(a).remove(key(a));
    return there;
  }

  private static @Nullable Object clear(Args a) {
    map(a).clear();
    return null;
  }

  private static String form(Args a, boolean data) {
    var out = new StringBuilder();
    map(a)
        .forEach((key, value) -> {
          List<@Nullable Object> values =
              value instanceof Object[] || value instanceof List<?>
                  ? Sequence.of(value, a.budget())
                  : new ArrayList<>(Collections.singletonList(value));
          for (Object one : values) {
            String name = Texts.of(key);
            out.append(out.isEmpty() ? "" : "&")
                .append(data ? Escapes.data(name) : Escapes.form(name))
                .append('=')
                .append(a.made(data ? Escapes.data(Texts.of(one)) : Escapes.form(Texts.of(one))));
          }
        });
    return out.toString();
  }

  private static Map<Object, @Nullable Object> create(Args a) {
    Map<Object, @Nullable Object> map = ignoresCase(a) ? textMap() : new LinkedHashMap<>();
    for (Object argument : a.all()) {
      if (argument != null && Sequence.isOne(argument)) {
        putPairs(map, Sequence.of(argument, a.budget()));
      }
    }
    return map;
  }

  private static void putPairs(Map<Object, @Nullable Object> map, List<@Nullable Object> items) {
    for (Object item : items) {
      if (item instanceof Pair(Object key, Object kept) && key != null) {
        map.put(key, kept);
      }
    }
  }

  private static boolean ignoresCase(Args a) {
    int last = a.size() - 1;
    return last >= 0 && a.get(last) instanceof ClrEnum comparer && comparer.number() % 2 == 1;
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static Map<Object, @Nullable Object> textMap() {
    return (Map) new TreeMap<String, @Nullable Object>(String.CASE_INSENSITIVE_ORDER);
  }

  @SuppressWarnings("unchecked")
  private static boolean addToSet(Args a) {
    a.budget().allocate(32);
    if (a.self() instanceof TreeSet<?> && !(a.get(0) instanceof String)) {
      throw ClrException.cast("System.Object", "System.String");
    }
    return ((Set<@Nullable Object>) a.self()).add(a.get(0));
  }

  private static Set<?> createSet(Args a) {
    List<@Nullable Object> items =
        a.size() > 0 && a.get(0) != null && Sequence.isOne(a.some(0))
            ? Sequence.of(a.get(0), a.budget())
            : List.of();
    if (!ignoresCase(a)) {
      return new LinkedHashSet<>(items);
    }
    var set = new TreeSet<String>(String.CASE_INSENSITIVE_ORDER);
    items.forEach(item -> set.add(Texts.of(item)));
    return set;
  }
}
