package io.ccrelay.policy;

import io.ccrelay.policy.expression.SourcePosition;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes documents of texts: named values, markup, sections, statements. Confined to one thread. */
final class Documents {

  private static final String ROOT = "policies";
  private static final String FRAGMENT = "fragment";

  private final NamedValues namedValues;
  private final boolean skipUnknown;
  private final Findings findings;
  private final Binder.Fragments fragments;

  Documents(
      Map<String, String> namedValues,
      Map<String, PolicyText> fragments,
      boolean skipUnknown,
      Findings findings) {
    this.namedValues = new NamedValues(namedValues, findings);
    this.skipUnknown = skipUnknown;
    this.findings = findings;
    var contents = new HashMap<String, List<Element>>();
    fragments.forEach((id, text) -> contents.put(id, fragment(text)));
    this.fragments = Binder.Fragments.of(contents);
  }

  /** The document {@code text} is; what is wrong with it is among the findings. */
  PolicyDocument read(PolicyText text, Scope scope) {
    var sections = new EnumMap<Section, List<Policy>>(Section.class);
    var binder = new Binder(fragments, skipUnknown, findings);
    for (Element element : sections(text)) {
      section(element)
          .ifPresent(section -> {
            if (sections.containsKey(section)) {
              error(element, "section " + element.name() + " is given twice");
            }
            sections.put(section, bound(element, section, scope, binder));
          });
    }
    return new PolicyDocument(text.name(), scope, sections);
  }

  private List<Policy> bound(Element element, Section section, Scope scope, Binder binder) {
    element
        .content()
        .ifPresent(content ->
            findings.error(
                element.source().at(content.from()),
                element.name() + ": holds text (expected: elements only)"));
    var place =
        new Place(element.source().at(element.offset()), scope, section, "", Optional.empty());
    return binder.statements(element.children(), place, "");
  }

  private Optional<Section> section(Element element) {
    Optional<Section> section =
        Arrays.stream(Section.values())
            .filter(one -> one.token().equals(element.name()))
            .findFirst();
    if (section.isEmpty()) {
      error(
          element,
          "unknown section "
              + Findings.shown(element.name())
              + Findings.suggestion(element.name(), Kind.tokens(Section.class)));
    }
    return section;
  }

  /** The section elements: below {@code policies}, or bare. */
  private List<Element> sections(PolicyText text) {
    boolean clean = findings.clean();
    List<Element> roots = roots(text);
    if (roots.isEmpty()) {
      if (clean && findings.clean()) {
        findings.error(new SourcePosition(text.name(), 1, 1), "holds no policies");
      }
      return List.of();
    }
    Element first = roots.getFirst();
    if (!first.name().equals(ROOT)) {
      boolean fragment = first.name().equals(FRAGMENT);
      if (fragment) {
        error(first, "is a fragment (expected: <policies>)");
      }
      return fragment ? List.of() : roots;
    }
    if (roots.size() > 1) {
      error(roots.get(1), "stands after </policies>");
    }
    return first.children();
  }

  private List<Element> fragment(PolicyText text) {
    List<Element> roots = roots(text);
    boolean wrapped = roots.size() == 1 && roots.getFirst().name().equals(FRAGMENT);
    return wrapped ? roots.getFirst().children() : roots;
  }

  private List<Element> roots(PolicyText text) {
    return Markup.read(namedValues.into(text.name(), text.text()), findings);
  }

  private void error(Element element, String message) {
    findings.error(element.source().at(element.offset()), message);
  }
}
