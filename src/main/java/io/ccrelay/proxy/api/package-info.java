/**
 * HTTP APIs behind the relay: one linear class for each kind of request, and the shared cache of
 * RFC 9111. RIM: the rules are in {@link io.ccrelay.http}, this room acts on them.
 */
@NullMarked
package io.ccrelay.proxy.api;

import org.jspecify.annotations.NullMarked;
