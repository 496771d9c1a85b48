package io.ccrelay.config;

import io.ccrelay.config.Node.Member;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/**
 * What an unknown key of a section means. The original ignores all of them, so files made for it
 * may hold any; but a misspelt setting of ours must not be ignored silently.
 *
 * @param strict whether the section is ours: every unknown key is an error
 * @param ours our settings in a section of the original: what resembles one is an error
 */
record UnknownKeys(boolean strict, Set<String> ours) {

  /** For sections of our own. */
  static final UnknownKeys REFUSED = new UnknownKeys(true, Set.of());

  /** For sections of the original without settings of ours. */
  static final UnknownKeys IGNORED = new UnknownKeys(false, Set.of());

  /** For sections of the original with {@code ours} among its settings. */
  static UnknownKeys ignoredUnlessLike(String... ours) {
    return new UnknownKeys(false, Set.of(ours));
  }

  /** Reports {@code member}, which is none of {@code known}. */
  void judge(Problems problems, String path, Member member, Collection<String> known) {
    String key = Shown.key(member.key());
    String name = path.isEmpty() ? key : path + "." + key;
    String suggestion = suggestion(key, known);
    if (strict || Spelling.nearest(key, ours).isPresent()) {
      problems.error(member.at(), name, "unknown key" + suggestion);
    } else {
      problems.warning(member.at(), name, "unknown key, ignored" + suggestion);
    }
  }

  private String suggestion(String key, Collection<String> known) {
    Optional<String> nearest = Spelling.nearest(key, ours).or(() -> Spelling.nearest(key, known));
    return nearest
        .map(name -> " (did you mean " + name + "?)")
        .orElseGet(() -> strict ? " (expected: " + String.join(", ", known) + ")" : "");
  }
}
