package io.ccrelay.policy;

import io.ccrelay.policy.expression.SourcePosition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes statements of elements: finds the binding of each name, checks where it stands, inserts
 * fragments. Confined to one thread and to one document.
 */
final class Binder {

  /**
   * Most statements of one document with its fragments, which may include each other many times.
   */
  static final int MAX_STATEMENTS = 20_000;

  private final Fragments fragments;
  private final boolean skipUnknown;
  private final Findings findings;
  private final Values values;
  private final Deque<String> including = new ArrayDeque<>();
  private int statements;

  /**
   * Binds.
   *
   * @param skipUnknown whether unknown policies are skipped with a warning
   */
  Binder(Fragments fragments, boolean skipUnknown, Findings findings) {
    this.fragments = fragments;
    this.skipUnknown = skipUnknown;
    this.findings = findings;
    this.values = new Values(findings);
  }

  Findings findings() {
    return findings;
  }

  Values values() {
    return values;
  }

  /** The place of {@code element} in the section and scope of {@code around}. */
  Place place(Element element, Place around, String path) {
    Optional<String> id =
        element.attribute("id").map(one -> one.value().text()).filter(text -> !text.isBlank());
    return new Place(
        element.source().at(element.offset()), around.scope(), around.section(), path, id);
  }

  /**
   * The statements that {@code elements} are.
   *
   * @param around gives scope and section
   * @param prefix of their paths: empty for a section, else it ends with a slash
   */
  List<Policy> statements(List<Element> elements, Place around, String prefix) {
    var policies = new ArrayList<Policy>();
    var numbers = new HashMap<String, Integer>();
    for (Element element : elements) {
      if (++statements > MAX_STATEMENTS) {
        if (statements == MAX_STATEMENTS + 1) {
          error(element, "more than " + MAX_STATEMENTS + " statements, fragments counted out");
        }
        return policies;
      }
      int number = numbers.merge(element.name(), 1, Integer::sum);
      Place place = place(element, around, prefix + element.name() + "[" + number + "]");
      switch (element.name()) {
        case "include-fragment" -> policies.addAll(included(new Form(element, place, this)));
        case "base" -> base(element, place, prefix).ifPresent(policies::add);
        default -> bound(element, place).ifPresent(policies::add);
      }
    }
    return policies;
  }

  private Optional<Policy> base(Element element, Place place, String prefix) {
    if (!prefix.isEmpty()) {
      error(element, "base: stands inside a statement (expected: directly in a section)");
      return Optional.empty();
    }
    new Form(element, place, this).finish();
    return Optional.of(new ControlPolicy.Base(place));
  }

  private Optional<Policy> bound(Element element, Place place) {
    Binding binding = Catalogue.BINDINGS.get(element.name());
    if (binding == null) {
      unknown(element);
      return Optional.empty();
    }
    var form = new Form(element, place, this);
    if (!binding.sections().contains(place.section())) {
      form.problem(
          "is not allowed in "
              + place.section().token()
              + " (expected: "
              + Binding.listed(binding.sections())
              + ")");
    }
    if (!binding.scopes().contains(place.scope())) {
      form.problem(
          "is not allowed in the "
              + place.scope().token()
              + " scope (expected: "
              + Binding.listed(binding.scopes())
              + ")");
    }
    Policy policy = binding.reader().apply(form);
    form.finish();
    return Optional.of(policy);
  }

  private void unknown(Element element) {
    String name = Findings.shown(element.name());
    SourcePosition at = element.source().at(element.offset());
    if (skipUnknown) {
      findings.warning(at, Lint.UNKNOWN_POLICY, "policy " + name);
    } else {
      findings.error(
          at,
          "unknown policy "
              + name
              + Findings.suggestion(element.name(), Catalogue.BINDINGS.keySet()));
    }
  }

  /** Reports {@code what}, which would do something if it was there, and why it is not. */
  void unsupported(Element element, String what, String reason) {
    if (skipUnknown) {
      findings.warning(element.source().at(element.offset()), Lint.UNKNOWN_POLICY, what);
    } else {
      error(element, what + " is not supported: " + reason);
    }
  }

  private List<Policy> included(Form form) {
    String id = form.literal("fragment-id", Kind.NAME);
    form.finish();
    if (id.isEmpty()) {
      return List.of();
    }
    if (including.contains(id)) {
      form.problem("fragment " + Findings.shown(id) + " includes itself");
      return List.of();
    }
    Optional<List<Element>> content = fragments.content(id);
    if (content.isEmpty()) {
      form.problem(
          "fragment "
              + Findings.shown(id)
              + " is not configured"
              + Findings.suggestion(id, fragments.ids()));
      return List.of();
    }
    including.push(id);
    List<Policy> statements = statements(content.get(), form.place(), form.place().path() + "/");
    including.pop();
    return statements;
  }

  private void error(Element element, String message) {
    findings.error(element.source().at(element.offset()), message);
  }

  /** The fragments a document may include. */
  interface Fragments {

    /** The elements of fragment {@code id}; empty if there is no such fragment. */
    Optional<List<Element>> content(String id);

    /** All fragments. */
    List<String> ids();

    /** The fragments of {@code contents}, by id. */
    static Fragments of(Map<String, List<Element>> contents) {
      return new Fragments() {
        @Override
        public Optional<List<Element>> content(String id) {
          return Optional.ofNullable(contents.get(id));
        }

        @Override
        public List<String> ids() {
          return List.copyOf(contents.keySet());
        }
      };
    }
  }
}
