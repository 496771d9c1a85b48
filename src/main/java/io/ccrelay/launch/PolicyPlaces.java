package io.ccrelay.launch;

import io.ccrelay.policy.PolicySet;
import io.ccrelay.proxy.policy.AllowList;
import io.ccrelay.proxy.policy.TrustedOrigins;
import io.ccrelay.upstream.Destinations;
import io.ccrelay.upstream.Origin;
import io.vertx.core.Future;
import java.net.InetAddress;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where documents may call by the configuration in use: backends of APIs and of documents without
 * question, listed destinations after a look at their address. Safe for use from any context.
 */
final class PolicyPlaces implements Destinations, TrustedOrigins {

  private final Settings settings;
  private final Function<String, Future<InetAddress>> resolver;
  private volatile Loaded loaded;

  private record Loaded(PolicySet set, Set<String> trusted, AllowList listed) {}

  PolicyPlaces(Settings settings, Function<String, Future<InetAddress>> resolver) {
    this.settings = settings;
    this.resolver = resolver;
    this.loaded = load(settings.config().policies());
  }

  /** Two sets of equal content would be read twice: cheaper than comparing for every call. */
  @SuppressWarnings("ReferenceEquality")
  private Loaded current() {
    PolicySet set = settings.config().policies();
    Loaded known = loaded;
    if (known.set != set) {
      known = load(set);
      loaded = known;
    }
    return known;
  }

  private Loaded load(PolicySet set) {
    var apis = settings.config().apis().stream().flatMap(api -> api.backends().stream());
    var backends = set.options().backends().values().stream().map(backend -> backend.url());
    Set<String> origins =
        Stream.concat(apis, backends)
            .flatMap(url -> Origin.parse(url).stream())
            .map(Origin::toString)
            .collect(Collectors.toUnmodifiableSet());
    return new Loaded(set, origins, new AllowList(set.options().destinations(), resolver));
  }

  @Override
  public boolean contains(String origin) {
    return current().trusted.contains(origin);
  }

  @Override
  public Future<String> addressOf(Origin origin) {
    return current().listed.addressOf(origin);
  }
}
