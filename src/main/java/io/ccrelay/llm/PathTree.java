package io.ccrelay.llm;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Places in a JSON document that mean something, as a tree to walk while the document is read. A
 * place is a JSON pointer (RFC 6901) in which {@code *} stands for every index of an array.
 * Immutable; safe for use from any context.
 *
 * @param <V> what a place means
 */
final class PathTree<V> {

  private final @Nullable V value;
  private final byte[][] names;
  private final List<PathTree<V>> members;
  private final Map<Integer, PathTree<V>> elements;
  private final @Nullable PathTree<V> anyElement;
  private final int height;

  private PathTree(List<Place<V>> places, BinaryOperator<V> merge) {
    this.value =
        places.stream().filter(Place::reached).map(Place::value).reduce(merge).orElse(null);
    var byName = new LinkedHashMap<String, List<Place<V>>>();
    places.stream().filter(place -> !place.reached()).forEach(place -> group(byName, place));
    this.names =
        byName.keySet().stream()
            .map(name -> name.getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);
    this.members = byName.values().stream().map(group -> new PathTree<>(group, merge)).toList();
    var any = byName.getOrDefault("*", List.of());
    this.anyElement = any.isEmpty() ? null : new PathTree<>(any, merge);
    this.elements = new LinkedHashMap<>();
    for (String index : new TreeSet<>(byName.keySet())) {
      if (isIndex(index)) {
        var both = new ArrayList<>(byName.getOrDefault(index, List.of()));
        both.addAll(any);
        elements.put(Integer.valueOf(index), new PathTree<>(both, merge));
      }
    }
    this.height = places.stream().mapToInt(place -> place.path().size()).max().orElse(0);
  }

  /** A tree of pointers; where two meet in one place, {@code merge} joins what they mean. */
  static <V> PathTree<V> of(Map<String, V> places, BinaryOperator<V> merge) {
    var list = new ArrayList<Place<V>>();
    places.forEach((pointer, value) -> list.add(new Place<>(tokens(pointer), value)));
    return new PathTree<>(list, merge);
  }

  /** The reference tokens of a JSON pointer, unescaped (RFC 6901 section 4). */
  static List<String> tokens(String pointer) {
    var tokens = new ArrayList<String>();
    if (!pointer.isEmpty()) {
      for (String token : pointer.substring(1).split("/", -1)) {
        tokens.add(token.replace("~1", "/").replace("~0", "~"));
      }
    }
    return tokens;
  }

  /** What this place means, null if it only lies on the way. */
  @Nullable V value() {
    return value;
  }

  /** Most levels below this place. */
  int height() {
    return height;
  }

  /** The place of the member whose name {@code tokens} has just read. */
  @Nullable PathTree<V> member(JsonTokens tokens) {
    for (int i = 0; i < names.length; i++) {
      if (tokens.is(names[i])) {
        return members.get(i);
      }
    }
    return null;
  }

  /** The place of an element. */
  @Nullable PathTree<V> element(int index) {
    if (elements.isEmpty()) {
      return anyElement;
    }
    var exact = elements.get(index);
    return exact == null ? anyElement : exact;
  }

  private static boolean isIndex(String token) {
    return token.matches("0|[1-9][0-9]{0,8}");
  }

  private static <V> void group(Map<String, List<Place<V>>> byName, Place<V> place) {
    byName.computeIfAbsent(place.path().getFirst(), name -> new ArrayList<>()).add(place.rest());
  }

  private record Place<V>(List<String> path, V value) {

    boolean reached() {
      return path.isEmpty();
    }

    Place<V> rest() {
      return new Place<>(path.subList(1, path.size()), value);
    }
  }
}
