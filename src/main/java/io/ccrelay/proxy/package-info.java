/**
 * The relay itself: the request gate and one linear class per kind of request. RIM. It knows the
 * cache only as {@link io.ccrelay.cache.Cache} and the services only as {@link
 * io.ccrelay.upstream.Upstream}.
 */
@NullMarked
package io.ccrelay.proxy;

import org.jspecify.annotations.NullMarked;
