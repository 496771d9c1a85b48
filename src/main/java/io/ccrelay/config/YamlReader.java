package io.ccrelay.config;

import io.ccrelay.config.Node.Mapping;
import io.ccrelay.config.Node.Member;
import io.ccrelay.config.Node.Scalar;
import io.ccrelay.config.Node.Sequence;
import io.ccrelay.config.Node.Style;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Builds the tree of the first document of a YAML text from its events: anchors, aliases and {@code
 * <<} merges resolved, depth and the number of values with aliases counted out bounded, duplicate
 * keys reported.
 */
final class YamlReader {

  /** Most values of a document, each alias counted as all it stands for. */
  private static final int MAX_VALUES = 100_000;

  private static final int MAX_DEPTH = 64;

  private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

  /** Tags under which a quoted scalar is read as a plain one, and a plain one may be. */
  private static final Set<String> RESOLVED_TAGS =
      Set.of(
          "tag:yaml.org,2002:bool",
          "tag:yaml.org,2002:int",
          "tag:yaml.org,2002:float",
          "tag:yaml.org,2002:null");

  private final Iterator<Event> events;
  private final Problems problems;
  private final Map<String, Anchored> anchors = new HashMap<>();
  private int values;

  private YamlReader(Iterator<Event> events, Problems problems) {
    this.events = events;
    this.problems = problems;
  }

  /** A node that aliases may refer to; {@code size} counts the values below it. */
  private record Anchored(Node node, int size) {}

  /**
   * The root of the first document, {@link Node.Null} for an empty one.
   *
   * @throws UnreadableException if the text is not YAML or exceeds a bound
   */
  static Node read(String text, Problems problems) {
    var settings = LoadSettings.builder().setLabel("").build();
    try {
      var events = new Parse(settings).parseString(text).iterator();
      return new YamlReader(events, problems).document();
    } catch (MarkedYamlEngineException e) {
      var mark = e.getProblemMark().or(e::getContextMark);
      throw new UnreadableException(mark.map(YamlReader::position).orElse(Position.FILE), sense(e));
    } catch (YamlEngineException e) {
      throw new UnreadableException(Position.FILE, "is not YAML: a character is not allowed");
    }
  }

  /** The problem without the excerpt of the text, which may hold secrets. */
  private static String sense(MarkedYamlEngineException e) {
    String context = e.getContext() == null ? "" : e.getContext() + ": ";
    return "is not YAML: " + context + e.getProblem().replaceAll("\\s+", " ");
  }

  private Node document() {
    while (events.hasNext()) {
      if (events.next() instanceof NodeEvent first) {
        return node(first, 0);
      }
      // Streams and documents begin before their first node; later documents are not read.
    }
    return new Node.Null(new Position(1, 1));
  }

  private Node node(Event event, int depth) {
    Position at = event.getStartMark().map(YamlReader::position).orElse(Position.FILE);
    count(1, at);
    if (depth > MAX_DEPTH) {
      throw new UnreadableException(at, "is nested deeper than " + MAX_DEPTH + " levels");
    }
    return switch (event) {
      case AliasEvent alias -> aliased(alias, at);
      case ScalarEvent scalar -> anchored(scalar, scalar(scalar, at), values - 1);
      case SequenceStartEvent start -> {
        int before = values - 1;
        yield anchored(start, sequence(at, depth), before);
      }
      case MappingStartEvent start -> {
        int before = values - 1;
        yield anchored(start, mapping(at, depth), before);
      }
      default -> throw new UnreadableException(at, "is not YAML: a value is missing");
    };
  }

  private void count(int more, Position at) {
    values += more;
    if (values > MAX_VALUES) {
      throw new UnreadableException(
          at, "has more than " + MAX_VALUES + " values, aliases counted out");
    }
  }

  private Node anchored(NodeEvent event, Node node, int before) {
    event
        .getAnchor()
        .ifPresent(name -> anchors.put(name.getValue(), new Anchored(node, values - before)));
    return node;
  }

  private Node aliased(AliasEvent event, Position at) {
    Anchored target = anchors.get(event.getAlias().getValue());
    if (target == null) {
      throw new UnreadableException(at, "alias without a complete anchor before it");
    }
    count(target.size(), at);
    return target.node();
  }

  private static Node scalar(ScalarEvent event, Position at) {
    boolean plain =
        event
            .getTag()
            .map(RESOLVED_TAGS::contains)
            .orElse(event.getScalarStyle() == ScalarStyle.PLAIN);
    return plain && NULLS.contains(event.getValue())
        ? new Node.Null(at)
        : new Scalar(at, plain ? Style.PLAIN : Style.QUOTED, event.getValue());
  }

  private Sequence sequence(Position at, int depth) {
    var items = new ArrayList<Node>();
    Event event = events.next();
    while (event instanceof NodeEvent) {
      items.add(node(event, depth + 1));
      event = events.next();
    }
    return new Sequence(at, List.copyOf(items));
  }

  private Mapping mapping(Position at, int depth) {
    var members = new HashMap<String, Member>();
    var order = new ArrayList<Member>();
    var merges = new ArrayList<Node>();
    Event event = events.next();
    while (event instanceof NodeEvent keyEvent) {
      Node key = node(keyEvent, depth + 1);
      Node value = node(events.next(), depth + 1);
      if (key instanceof Scalar(_, Style style, String text)
          && style == Style.PLAIN
          && text.equals("<<")) {
        merges.add(value);
      } else {
        add(member(key, value), members, order);
      }
      event = events.next();
    }
    merges.forEach(source -> merge(source, members, order));
    return new Mapping(at, List.copyOf(order), false);
  }

  private Member member(Node key, Node value) {
    return switch (key) {
      case Scalar scalar -> new Member(scalar.at(), scalar.text(), value);
      case Node.Null nothing -> new Member(nothing.at(), "", value);
      case Node other ->
          throw new UnreadableException(
              other.at(), "a key is " + other.kind() + " (expected: text)");
    };
  }

  private void add(Member member, Map<String, Member> members, List<Member> order) {
    Member first = members.putIfAbsent(member.key(), member);
    if (first == null) {
      order.add(member);
    } else {
      problems.error(member.at(), Shown.key(member.key()), "is given twice in the same section");
    }
  }

  /** Adds what the merged mappings have and the mapping itself has not; earlier ones win. */
  private void merge(Node source, Map<String, Member> members, List<Member> order) {
    switch (source) {
      case Mapping mapping -> {
        count(mapping.members().size(), source.at());
        for (Member member : mapping.members()) {
          if (members.putIfAbsent(member.key(), member) == null) {
            order.add(member);
          }
        }
      }
      case Sequence sequence when sequence.items().stream().allMatch(Mapping.class::isInstance) ->
          sequence.items().forEach(item -> merge(item, members, order));
      default -> problems.error(source.at(), "<<", "merges " + source.kind() + ", not sections");
    }
  }

  private static Position position(Mark mark) {
    return new Position(mark.getLine() + 1, mark.getColumn() + 1);
  }
}
