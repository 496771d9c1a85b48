package io.ccrelay.http;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The conditions under which the origin is asked whether stored responses are current (RFC 9111
 * section 4.3.1). Safe for use from any context.
 */
public final class ForwardConditions {

  private ForwardConditions() {}

  /**
   * The fields of {@code request} with the validators of stored responses, joined with the client's
   * own tags.
   *
   * @param selected the response that the request selects, if any
   * @param stored all responses under the key
   * @return empty if there is nothing to validate, so that the client's conditions go on untouched
   */
  public static Optional<Fields> of(
      CacheRequest request, Optional<Variant> selected, List<Variant> stored) {
    var ownTags =
        stored.stream()
            .filter(variant -> variant.covers(request))
            .flatMap(variant -> tagText(variant).stream())
            .toList();
    var modified =
        selected
            .filter(variant -> variant.covers(request))
            .flatMap(variant -> variant.response().lastModified());
    if (ownTags.isEmpty() && modified.isEmpty()) {
      return Optional.empty();
    }
    var fields = unconditional(request.fields());
    if (!ownTags.isEmpty()) {
      fields = fields.plus("If-None-Match", joined(request.fields(), ownTags));
    }
    return Optional.of(with(fields, modified));
  }

  /**
   * The fields of a validation that the cache starts on its own: the selecting fields of the stored
   * request and the validators of its response.
   */
  public static Fields background(Variant variant) {
    var fields = unconditional(variant.response().selecting());
    var tag = tagText(variant);
    if (tag.isPresent()) {
      fields = fields.plus("If-None-Match", tag.get());
    }
    return with(fields, variant.response().lastModified());
  }

  /** Whether the client listed {@code tag} itself, so that a 304 naming it answers the client. */
  public static boolean isClients(CacheRequest request, EntityTag tag) {
    return clientTags(request.fields()).anyMatch(tag::equalsWeakly);
  }

  private static Fields with(Fields fields, Optional<String> modified) {
    return modified.map(date -> fields.plus("If-Modified-Since", date)).orElse(fields);
  }

  private static Fields unconditional(Fields fields) {
    return fields.without(line -> line.is("If-None-Match") || line.is("If-Modified-Since"));
  }

  /** The client's {@code *} is left out: it is for the cache to answer once it has validated. */
  private static String joined(Fields client, List<String> ownTags) {
    var tags = new LinkedHashSet<String>();
    clientTags(client).map(EntityTag::text).forEach(tags::add);
    tags.addAll(ownTags);
    return String.join(", ", tags);
  }

  private static Stream<EntityTag> clientTags(Fields client) {
    return client.joined("If-None-Match").map(EntityTag::list).orElse(List.of()).stream();
  }

  private static Optional<String> tagText(Variant variant) {
    return variant.response().tag().map(EntityTag::text);
  }
}
