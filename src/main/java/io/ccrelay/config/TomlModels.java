package io.ccrelay.config;

import io.ccrelay.config.Node.Mapping;
import io.ccrelay.config.Node.Member;
import io.ccrelay.config.Node.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Gives a provider its {@code models} back. The documentation of the original writes the list after
 * {@code [providers.model_mapping]} or {@code [[providers.keys]]}, where TOML makes it a member of
 * that table.
 */
final class TomlModels {

  private static final String MODELS = "models";

  private final Problems problems;
  private final List<Member> found = new ArrayList<>();

  private TomlModels(Problems problems) {
    this.problems = problems;
  }

  /** {@code root} with such lists moved to their providers. */
  static Mapping placed(Mapping root, Problems problems) {
    return with(
        root,
        member ->
            member.key().equalsIgnoreCase("providers") && member.value() instanceof Sequence list
                ? sequence(list, item -> new TomlModels(problems).provider(item))
                : member.value());
  }

  private Node provider(Node node) {
    if (!(node instanceof Mapping provider)) {
      return node;
    }
    Mapping cleaned = with(provider, this::withoutModels);
    if (found.isEmpty()) {
      return provider;
    }
    Member models = found.getFirst();
    String message = "belongs to the provider: move it above its sub-tables";
    if (found.size() > 1 || member(provider, MODELS).isPresent()) {
      problems.error(models.at(), "providers.models", "is given twice; it " + message);
    } else {
      problems.warning(models.at(), "providers.models", message);
    }
    var members = new ArrayList<>(cleaned.members());
    members.add(models);
    return new Mapping(provider.at(), List.copyOf(members), true);
  }

  /** The value of a provider's member, its misplaced lists taken out into {@link #found}. */
  private Node withoutModels(Member member) {
    return switch (member.value()) {
      case Mapping mapping when member.key().equalsIgnoreCase("model_mapping") -> taken(mapping);
      case Sequence keys when member.key().equalsIgnoreCase("keys") -> sequence(keys, this::taken);
      case Node other -> other;
    };
  }

  private Node taken(Node node) {
    if (!(node instanceof Mapping mapping)) {
      return node;
    }
    Optional<Member> models =
        member(mapping, MODELS).filter(member -> member.value() instanceof Sequence);
    models.ifPresent(found::add);
    var rest = mapping.members().stream().filter(one -> models.stream().noneMatch(one::equals));
    return new Mapping(mapping.at(), rest.toList(), true);
  }

  private static Optional<Member> member(Mapping mapping, String key) {
    return mapping.members().stream().filter(one -> one.key().equalsIgnoreCase(key)).findFirst();
  }

  private static Mapping with(Mapping mapping, Function<Member, Node> change) {
    var members =
        mapping.members().stream()
            .map(member -> new Member(member.at(), member.key(), change.apply(member)))
            .toList();
    return new Mapping(mapping.at(), members, mapping.foldsCase());
  }

  private static Sequence sequence(Sequence list, UnaryOperator<Node> change) {
    return new Sequence(list.at(), list.items().stream().map(change).toList());
  }
}
