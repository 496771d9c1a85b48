package io.ccrelay.policy;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the reader accepts below each policy, as it says itself when something is unknown: {@code
 * policy @attribute}, {@code policy child/child}, {@code policy child/@attribute}. The {@code id}
 * that everything may have is left out, and what statements inside may hold is said once, of them.
 */
final class Schema {

  private static final String UNKNOWN = "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz";

  private Schema() {}

  /** Everything, but what has the names of {@code azure-openai-}. */
  static Set<String> all() {
    var all = new TreeSet<String>();
    Catalogue.BINDINGS.forEach((name, binding) -> {
      if (!name.startsWith("azure-openai-")) {
        all.addAll(of(name));
      }
    });
    all.add("include-fragment @fragment-id");
    return all;
  }

  /** What policy {@code name} may hold. */
  static Set<String> of(String name) {
    var found = new LinkedHashSet<String>();
    collect(name, List.of(), found);
    return found;
  }

  private static void collect(String policy, List<String> path, Set<String> found) {
    String prefix = path.isEmpty() ? "" : String.join("/", path) + "/";
    var problems = problems(policy, path);
    String element = path.isEmpty() ? policy : path.getLast();
    for (String attribute : expected(problems, element, "attribute")) {
      if (!attribute.equals("id")) {
        found.add(policy + " " + prefix + "@" + attribute);
      }
    }
    for (String child : expected(problems, element, "element")) {
      var below = new ArrayList<>(path);
      below.add(child);
      found.add(policy + " " + prefix + child);
      if (!Catalogue.BINDINGS.containsKey(child)) {
        collect(policy, below, found);
      }
    }
  }

  private static List<String> problems(String policy, List<String> path) {
    var binding = Catalogue.BINDINGS.get(policy);
    String section = binding.sections().iterator().next().token();
    var text = new StringBuilder("<policies><" + section + "><" + policy);
    path.forEach(child -> text.append("><").append(child));
    text.append(" ").append(UNKNOWN).append("=\"1\"><").append(UNKNOWN).append("/>");
    path.reversed().forEach(child -> text.append("</").append(child).append(">"));
    text.append("</").append(policy).append("></").append(section).append("></policies>");
    var reader = new PolicyReader(Map.of(), Map.of(), false);
    return Policies.problems(reader, text.toString(), binding.scopes().iterator().next());
  }

  private static List<String> expected(List<String> problems, String element, String what) {
    var wanted =
        Pattern.compile(
            Pattern.quote(": " + element + ": unknown " + what + " \"" + UNKNOWN + "\" (expected: ")
                + "([^)]*)\\)");
    return problems.stream()
        .map(wanted::matcher)
        .filter(Matcher::find)
        .map(matcher -> List.of(matcher.group(1).split(", ")))
        .findFirst()
        .filter(names -> !names.equals(List.of("none")))
        .orElse(List.of());
  }
}
