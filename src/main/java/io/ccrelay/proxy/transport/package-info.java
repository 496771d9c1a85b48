/**
 * What stands between the socket and Vert.x on the client's side: strict reading of HTTP/1 heads,
 * deadlines for silent connections, a cap on connections, a close that lets the last answer arrive,
 * what Vert.x has no call for (trailers of requests, interim responses), and the short way for
 * requests that come again byte for byte. RIM; the only room that knows Netty pipelines and
 * internals of Vert.x.
 *
 * <p>Netty's decoder joins folded field lines and accepts any blanks in a request line, and nothing
 * above it can tell. Vert.x offers no hook before a connection's first bytes: its connection
 * handler is called late where clear-text HTTP/2 is possible. So {@link
 * io.ccrelay.proxy.transport.GuardedServer} decorates the TCP server below the HTTP server, and the
 * decoder is replaced by a subclass of Vert.x's own. Patching bytes in front of the decoder was
 * rejected: it would need a second parser that agrees with the first on where a message ends. For
 * the same reason the {@link io.ccrelay.proxy.transport.Shortcut} parses nothing: bytes that were
 * read as one whole request before are one whole request again.
 */
@NullMarked
package io.ccrelay.proxy.transport;

import org.jspecify.annotations.NullMarked;
