package io.ccrelay.proxy.policy;

import io.ccrelay.upstream.Destinations;
import io.ccrelay.upstream.Origin;
import io.ccrelay.upstream.UpstreamException;
import io.vertx.core.Future;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * The destinations that documents may call: {@code host}, {@code *.domain} or either with {@code
 * :port}; a leading {@code private:} also allows addresses that are not public. A name is resolved
 * once, its address is checked, and the connection goes to that address. Immutable.
 */
public final class AllowList implements Destinations {

  private final List<Entry> entries;
  private final Function<String, Future<InetAddress>> resolver;

  private record Entry(String host, int port, boolean privateToo) {

    static Entry parse(String text) {
      boolean inside = text.startsWith("private:");
      String bare = inside ? text.substring("private:".length()) : text;
      int colon = bare.lastIndexOf(':');
      boolean ported = colon > 0 && bare.indexOf(':') == colon;
      int port = ported ? Integer.parseInt(bare.substring(colon + 1)) : 0;
      String host = ported ? bare.substring(0, colon) : bare;
      return new Entry(host.toLowerCase(Locale.ROOT), port, inside);
    }

    boolean allows(Origin origin) {
      return (port == 0 || port == origin.port())
          && (host.startsWith("*.")
              ? origin.host().endsWith(host.substring(1))
              : host.equals(origin.host()));
    }
  }

  /**
   * A list of {@code entries}.
   *
   * @param resolver the address of a name
   */
  public AllowList(List<String> entries, Function<String, Future<InetAddress>> resolver) {
    this.entries = entries.stream().map(Entry::parse).toList();
    this.resolver = resolver;
  }

  @Override
  public Future<String> addressOf(Origin origin) {
    List<Entry> allowing = entries.stream().filter(entry -> entry.allows(origin)).toList();
    if (allowing.isEmpty()) {
      return refused("destination not allowed");
    }
    boolean privateToo = allowing.stream().anyMatch(Entry::privateToo);
    return resolver
        .apply(origin.host())
        .compose(address ->
            isAllowed(address, privateToo)
                ? Future.succeededFuture(address.getHostAddress())
                : refused("address not allowed"));
  }

  /** Addresses of the link hold the metadata of clouds: never allowed, like those of nobody. */
  private static boolean isAllowed(InetAddress address, boolean privateToo) {
    if (address.isAnyLocalAddress()
        || address.isLinkLocalAddress()
        || address.isMulticastAddress()) {
      return false;
    }
    return privateToo || isPublic(address);
  }

  private static boolean isPublic(InetAddress address) {
    byte[] bytes = address.getAddress();
    int first = bytes[0] & 0xff;
    int second = bytes[1] & 0xff;
    boolean shared = bytes.length == 4 && first == 100 && second >= 64 && second < 128;
    boolean reserved = bytes.length == 4 && (first == 0 || first >= 240);
    boolean uniqueLocal = bytes.length == 16 && (first & 0xfe) == 0xfc;
    boolean translated = bytes.length == 16 && first == 0 && second == 0x64;
    return !(shared
        || reserved
        || uniqueLocal
        || translated
        || address.isLoopbackAddress()
        || address.isSiteLocalAddress());
  }

  private static <T> Future<T> refused(String why) {
    return Future.failedFuture(new UpstreamException(UpstreamException.Kind.CONNECT, why));
  }
}
