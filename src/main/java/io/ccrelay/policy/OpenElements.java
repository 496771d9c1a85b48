package io.ccrelay.policy;

import io.ccrelay.policy.Element.Attribute;
import io.ccrelay.policy.Element.Content;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The elements of a document that are not closed yet, the innermost first, and those that are
 * complete. What does not fit together goes to the findings. Confined to one thread.
 */
final class OpenElements {

  private final SourceText source;
  private final Findings findings;
  private final Deque<Open> open = new ArrayDeque<>();
  private final List<Element> roots = new ArrayList<>();

  OpenElements(SourceText source, Findings findings) {
    this.source = source;
    this.findings = findings;
  }

  private record Open(
      String name,
      int offset,
      List<Attribute> attributes,
      List<Element> children,
      List<Content> texts) {}

  int depth() {
    return open.size();
  }

  /** The outermost elements that are complete. */
  List<Element> roots() {
    return List.copyOf(roots);
  }

  /** A start tag was read. */
  void begin(String name, int offset, List<Attribute> attributes) {
    open.push(new Open(name, offset, attributes, new ArrayList<>(), new ArrayList<>()));
  }

  /** A text was read. */
  void text(Content content) {
    if (open.isEmpty()) {
      error(content.from(), "text outside the elements");
    } else {
      open.getFirst().texts().add(content);
    }
  }

  /** An end tag was read; what is open inside its element is closed, too. */
  void end(String name, int offset) {
    if (open.stream().noneMatch(one -> one.name().equals(name))) {
      error(offset, "</" + name + "> closes nothing");
      return;
    }
    while (!open.getFirst().name().equals(name)) {
      notClosed(open.getFirst());
      close();
    }
    close();
  }

  /** The document is over. */
  void finish() {
    if (!open.isEmpty()) {
      notClosed(open.getFirst());
    }
  }

  /** Closes the innermost element. */
  void close() {
    Open done = open.pop();
    var element =
        new Element(
            source,
            done.name(),
            done.offset(),
            done.attributes(),
            done.children(),
            joined(done.texts()));
    if (open.isEmpty()) {
      roots.add(element);
    } else {
      open.getFirst().children().add(element);
    }
  }

  private Optional<Content> joined(List<Content> texts) {
    if (texts.size() < 2) {
      return texts.stream().findFirst();
    }
    if (texts.stream().anyMatch(Content::expression)) {
      error(texts.getFirst().from(), ContentReader.MIXED);
    }
    var all = new StringBuilder();
    texts.forEach(one -> all.append(one.text()));
    return Optional.of(
        new Content(all.toString(), false, texts.getFirst().from(), texts.getLast().to()));
  }

  private void notClosed(Open element) {
    error(element.offset(), "<" + element.name() + "> is not closed");
  }

  private void error(int offset, String message) {
    findings.error(source.at(offset), message);
  }
}
