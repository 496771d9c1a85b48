package io.ccrelay.cache.cluster;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.infinispan.commons.dataconversion.internal.Json;
import org.infinispan.server.core.ServerManagement;
import org.infinispan.server.core.ServerStateManager;
import org.infinispan.server.core.transport.IpSubnetFilterRule;
import org.jspecify.annotations.Nullable;

/**
 * What clients may use of a node: the map of answers and the counters of limits, and none of the
 * maps in which members keep what they agreed upon, secrets among it. Nothing can be changed.
 */
final class OfferedMaps implements ServerStateManager {

  private final Set<String> maps;

  OfferedMaps(Set<String> maps) {
    this.maps = maps;
  }

  /** The empty name is that of the default, which is the map of answers. */
  @Override
  public boolean isCacheIgnored(String cache) {
    return !cache.isEmpty() && !maps.contains(cache);
  }

  @Override
  public Set<String> getIgnoredCaches() {
    return Set.of();
  }

  @Override
  public CompletableFuture<Void> unignoreCache(String cacheName) {
    return refused();
  }

  @Override
  public CompletableFuture<Void> ignoreCache(String cacheName) {
    return refused();
  }

  @Override
  public CompletableFuture<Boolean> connectorStatus(String name) {
    return CompletableFuture.completedFuture(true);
  }

  @Override
  public CompletableFuture<Boolean> connectorStart(String name) {
    return refused();
  }

  @Override
  public CompletableFuture<Void> connectorStop(String name) {
    return refused();
  }

  @Override
  public CompletableFuture<Void> setConnectorIpFilterRule(
      String name, Collection<IpSubnetFilterRule> filterRule) {
    return refused();
  }

  @Override
  public CompletableFuture<Void> clearConnectorIpFilterRules(String name) {
    return refused();
  }

  @Override
  public CompletableFuture<Json> listConnections() {
    return refused();
  }

  @Override
  public Json clientsReport() {
    return Json.object();
  }

  @Override
  public @Nullable ServerManagement managedServer() {
    return null;
  }

  @Override
  public void start() {}

  @Override
  public void stop() {}

  private static <T> CompletableFuture<T> refused() {
    return CompletableFuture.failedFuture(new UnsupportedOperationException("fixed by the file"));
  }
}
