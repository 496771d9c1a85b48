/**
 * The services the relay forwards to: the port {@link io.ccrelay.upstream.Upstream}, providers,
 * credentials and the pure decisions about them. PORT and PURE.
 */
@NullMarked
package io.ccrelay.upstream;

import org.jspecify.annotations.NullMarked;
