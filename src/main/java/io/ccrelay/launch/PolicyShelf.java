package io.ccrelay.launch;

import io.ccrelay.admin.PolicyValues;
import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Key;
import io.ccrelay.cache.Store;
import io.ccrelay.policy.run.Preset;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** The caches of policy documents, filled and emptied from outside. Confined to one context. */
final class PolicyShelf implements PolicyValues {

  private final Supplier<String> service;
  private final Store internal;
  private final ExternalCache external;
  private final InstantSource clock;

  PolicyShelf(
      Supplier<String> service, Store internal, ExternalCache external, InstantSource clock) {
    this.service = service;
    this.internal = internal;
    this.external = external;
    this.clock = clock;
  }

  @Override
  public Future<String> put(Value value) {
    Optional<Store> store = store(value.place());
    Key key = Preset.key(service.get(), value.key());
    if (store.isEmpty()) {
      return Future.succeededFuture("no-external-cache");
    }
    if (value.value() == null) {
      return said(store.get().delete(key));
    }
    return bytes(value)
        .map(bytes -> said(store.get().set(key, bytes, value.duration())))
        .orElseGet(() -> Future.succeededFuture("not-storable"));
  }

  private Optional<Bytes> bytes(Value value) {
    Instant now = clock.instant();
    Object content = Objects.requireNonNull(value.value());
    return value.structured() ? Preset.json(content.toString(), now) : Preset.value(content, now);
  }

  private static Future<String> said(Future<Void> done) {
    return done.map("").otherwise("cache-error");
  }

  private Optional<Store> store(Place place) {
    Optional<Store> outside = external.direct().map(store -> store);
    return switch (place) {
      case INTERNAL -> Optional.of(internal);
      case EXTERNAL -> outside;
      case PREFER_EXTERNAL -> outside.or(() -> Optional.of(internal));
    };
  }

  @Override
  public Optional<Future<Long>> emptyExternal(boolean countOnly) {
    return external.direct().map(store -> countOnly ? store.count() : store.clear());
  }
}
