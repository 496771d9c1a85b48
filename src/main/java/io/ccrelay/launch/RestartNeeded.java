package io.ccrelay.launch;

import io.ccrelay.config.RelayConfig;
import io.ccrelay.proxy.ServerOptions;
import java.util.ArrayList;
import java.util.List;

/** Tells which changed settings a running process cannot take over. */
final class RestartNeeded {

  private RestartNeeded() {}

  /** The names of settings in which {@code next} differs and that were read once at start. */
  static List<String> names(RelayConfig running, RelayConfig next) {
    var names = new ArrayList<String>();
    ServerOptions from = running.server();
    ServerOptions to = next.server();
    if (from.port() != to.port() || !from.host().equals(to.host())) {
      names.add("server.listen");
    }
    if (from.http2() != to.http2()) {
      names.add("server.enable_http2");
    }
    if (!from.tls().equals(to.tls())) {
      names.add("server.tls");
    }
    if (!running.cache().equals(next.cache())) {
      names.add("cache (mode, deadline, ristretto, olric)");
    }
    if (!running.semantic().equals(next.semantic())) {
      names.add("cache.semantic");
    }
    if (!running.tracing().equals(next.tracing())) {
      names.add("tracing");
    }
    if (!running.cassette().equals(next.cassette())) {
      names.add("cache.responses (mode, cassette)");
    }
    if (!running.management().equals(next.management())) {
      names.add("management");
    }
    if (!running.externalCache().equals(next.externalCache())) {
      names.add("policies.external_cache");
    }
    return names;
  }
}
