/**
 * The ports {@link io.ccrelay.cache.Store} (what a backend offers) and {@link
 * io.ccrelay.cache.Cache} (what the relay asks), the values they exchange, the entry format and
 * single flight. PORT: of Vert.x it may see {@code Future} and {@code Buffer} only.
 */
@NullMarked
package io.ccrelay.cache;

import org.jspecify.annotations.NullMarked;
