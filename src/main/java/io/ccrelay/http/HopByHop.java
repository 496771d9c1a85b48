package io.ccrelay.http;

import java.util.Set;
import java.util.TreeSet;

/**
 * The fields that mean something to one connection only and are neither forwarded nor stored (RFC
 * 9110 section 7.6.1). Safe for use from any context.
 */
public final class HopByHop {

  private static final Set<String> ALWAYS =
      Set.of("connection", "keep-alive", "proxy-connection", "te", "transfer-encoding", "upgrade");

  private HopByHop() {}

  /** Names, in lower case, of the fields of a message to drop, given its header fields. */
  public static Set<String> names(Fields headers) {
    if (!headers.has("Connection")) {
      return ALWAYS;
    }
    var names = new TreeSet<>(ALWAYS);
    names.addAll(ListMembers.names(headers, "Connection"));
    return names;
  }

  /** {@code headers} without the fields of this connection. */
  public static Fields strip(Fields headers) {
    return strip(headers, headers);
  }

  /**
   * {@code section}, the header or trailer fields of a message, without the fields that belong to
   * the connection according to its {@code headers}.
   */
  public static Fields strip(Fields headers, Fields section) {
    var names = names(headers);
    return section.without(line -> names.contains(ListMembers.lower(line.name())));
  }
}
