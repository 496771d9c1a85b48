package io.ccrelay.config;

import io.ccrelay.config.Node.Mapping;
import io.ccrelay.config.Node.Member;
import io.ccrelay.config.Node.Scalar;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The members of one mapping, and which of them were asked for. Confined to the reading thread. */
final class Members {

  private final Mapping mapping;
  private final Set<String> known = new LinkedHashSet<>();

  Members(Mapping mapping) {
    this.mapping = mapping;
  }

  /** The value of {@code key}, which is known from now on; null counts as absent. */
  Optional<Node> value(String key) {
    known.add(key);
    return member(key).map(Member::value).filter(value -> !(value instanceof Node.Null));
  }

  /** Where {@code key} has its value, or where the mapping begins. */
  Position at(String key) {
    return member(key).map(Members::placeOf).orElse(mapping.at());
  }

  boolean foldsCase() {
    return mapping.foldsCase();
  }

  /** All keys there are, in the order of the file. */
  List<String> keys() {
    return mapping.members().stream().map(Member::key).toList();
  }

  /** All keys asked for. */
  Set<String> known() {
    return Collections.unmodifiableSet(known);
  }

  /** The members nobody asked for. */
  List<Member> unknown() {
    return mapping.members().stream()
        .filter(member -> known.stream().noneMatch(key -> matches(member, key)))
        .toList();
  }

  private Optional<Member> member(String key) {
    return mapping.members().stream().filter(member -> matches(member, key)).findFirst();
  }

  private boolean matches(Member member, String key) {
    return mapping.foldsCase() ? member.key().equalsIgnoreCase(key) : member.key().equals(key);
  }

  private static Position placeOf(Member member) {
    return member.value() instanceof Scalar scalar ? scalar.at() : member.at();
  }
}
