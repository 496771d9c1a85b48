package io.ccrelay.proxy.api;

import io.ccrelay.cache.Bytes;
import io.ccrelay.http.Combination;
import io.ccrelay.http.ContentRange;
import io.ccrelay.http.HttpCacheOptions;
import io.ccrelay.http.StoredResponse;
import io.ccrelay.http.Variant;
import io.ccrelay.proxy.api.Recording.Complete;
import io.vertx.core.Future;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Function;

/**
 * Puts a part that arrived together with the parts held of the same representation (RFC 9111
 * section 3.4). Confined to one context.
 *
 * @param contents reads what is held
 * @param rules how the result is reused
 * @param most largest content that is put together, in bytes
 */
record Joining(
    Function<Held, Future<Optional<Bytes>>> contents, HttpCacheOptions rules, long most) {

  /** {@code added} with all of {@code shelf} that adjoins it; itself if nothing does. */
  Future<Complete> with(Shelf shelf, Complete added) {
    return added.variant().response().part().isEmpty()
        ? Future.succeededFuture(added)
        : next(shelf.held().iterator(), added);
  }

  private Future<Complete> next(Iterator<Held> held, Complete joined) {
    while (held.hasNext()) {
      Held one = held.next();
      StoredResponse old = one.variant().response();
      Optional<StoredResponse> both =
          Combination.of(old, joined.variant().response())
              .filter(response -> response.length() <= most);
      if (both.isPresent()) {
        return contents
            .apply(one)
            .compose(content ->
                next(
                    held,
                    content
                        .map(bytes ->
                            new Complete(Variant.of(both.get(), rules), over(old, bytes, joined)))
                        .orElse(joined)));
      }
    }
    return Future.succeededFuture(joined);
  }

  /** The bytes of both, those that came later on top. */
  private static Bytes over(StoredResponse old, Bytes below, Complete above) {
    ContentRange one = old.part().orElseThrow();
    ContentRange other = above.variant().response().part().orElseThrow();
    ContentRange both = one.union(other);
    var bytes = new byte[(int) both.length()];
    below.asByteBuffer().get(bytes, (int) (one.first() - both.first()), below.size());
    above
        .content()
        .asByteBuffer()
        .get(bytes, (int) (other.first() - both.first()), above.content().size());
    return Bytes.owned(bytes);
  }
}
