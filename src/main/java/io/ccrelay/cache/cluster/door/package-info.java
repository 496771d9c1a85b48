/**
 * The ports of a node as strangers meet them: who is no member and no client is turned away before
 * anything is kept of what was sent, and is told of in one line that says what to do.
 */
@NullMarked
package io.ccrelay.cache.cluster.door;

import org.jspecify.annotations.NullMarked;
