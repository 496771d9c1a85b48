package io.ccrelay.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a 304, or a 200 to HEAD, changes in stored responses (RFC 9111 sections 3.2, 4.3.4 and
 * 4.3.5). Safe for use from any context.
 */
public final class Update {

  /** Fields that describe the bytes kept, or one exchange only; they stay as stored. */
  private static final Set<String> KEPT =
      Set.of("content-length", "content-encoding", "content-type", "content-range");

  private Update() {}

  /**
   * The stored responses that a 304 confirms. None means that it confirms nothing held here: the
   * request is to be repeated without conditions, unless the 304 answers the client's own.
   */
  public static List<Variant> select(List<Variant> stored, Fields notModified) {
    var tag = notModified.first("ETag").flatMap(EntityTag::parse);
    if (tag.isPresent() && !tag.get().weak()) {
      return stored.stream()
          .filter(variant -> variant.response().tag().filter(tag.get()::equalsStrongly).isPresent())
          .toList();
    }
    if (tag.isPresent()) {
      return newest(
          stored.stream()
              .filter(
                  variant -> variant.response().tag().filter(tag.get()::equalsWeakly).isPresent())
              .toList());
    }
    var modified = notModified.first("Last-Modified");
    if (modified.isPresent()) {
      return newest(
          stored.stream()
              .filter(variant -> variant.response().lastModified().equals(modified))
              .toList());
    }
    return stored.size() == 1 && !stored.getFirst().response().hasValidator() ? stored : List.of();
  }

  /**
   * {@code stored} after a 304 in {@code exchange}: every field that came replaces its namesakes,
   * age and times begin anew. A changed {@code Vary} is compared with this request from now on.
   */
  public static StoredResponse merge(
      StoredResponse stored, Exchange exchange, HttpCacheOptions options) {
    var incoming = incoming(exchange, options);
    var merged = replaced(stored.fields().without(line -> line.is("Age")), incoming);
    boolean sameVary = Vary.of(merged).equals(Vary.of(stored.fields()));
    return new StoredResponse(
        stored.status(),
        merged,
        sameVary ? stored.selecting() : Vary.of(merged).select(exchange.request().fields()),
        exchange.requestTime(),
        exchange.responseTime(),
        stored.length(),
        stored.part(),
        false);
  }

  /**
   * {@code stored} after a 200 to a forwarded HEAD: updated if what the two say of the content
   * agrees, else to be validated before further use.
   */
  public static StoredResponse head(
      StoredResponse stored, Exchange exchange, HttpCacheOptions options) {
    boolean agrees =
        agrees(stored.fields(), exchange.fields(), "ETag")
            && agrees(stored.fields(), exchange.fields(), "Last-Modified")
            && exchange.fields().all("Content-Length").stream()
                .allMatch(Long.toString(total(stored))::equals);
    return agrees ? merge(stored, exchange, options) : stored.asSuspect();
  }

  /** {@code fields} with every line of {@code incoming} in place of its namesakes. */
  static Fields replaced(Fields fields, Fields incoming) {
    var names = new TreeSet<String>();
    incoming.forEach(line -> names.add(ListMembers.lower(line.name())));
    var lines =
        new ArrayList<>(
            fields.without(line -> names.contains(ListMembers.lower(line.name()))).lines());
    lines.addAll(incoming.lines());
    return Fields.of(lines);
  }

  private static boolean agrees(Fields stored, Fields fields, String name) {
    var said = fields.first(name);
    return said.isEmpty() || said.equals(stored.first(name));
  }

  private static long total(StoredResponse stored) {
    return stored.part().map(ContentRange::total).orElse(stored.length());
  }

  private static Fields incoming(Exchange exchange, HttpCacheOptions options) {
    var fields = HttpDate.stamp(HopByHop.strip(exchange.fields()), exchange.responseTime());
    var unwanted = Freshness.directives(fields, options).privateFields();
    return fields.without(line -> {
      String name = ListMembers.lower(line.name());
      return KEPT.contains(name)
          || StoreRules.PROXY_FIELDS.contains(name)
          || unwanted.contains(name);
    });
  }

  private static List<Variant> newest(List<Variant> matches) {
    return matches.stream().max(Comparator.comparing(Variant::date)).stream().toList();
  }
}
