/**
 * {@link io.ccrelay.upstream.Upstream} over the Vert.x HTTP client: one owner for every upstream
 * request, who resets it on every failure path. RIM.
 */
@NullMarked
package io.ccrelay.upstream.http;

import org.jspecify.annotations.NullMarked;
