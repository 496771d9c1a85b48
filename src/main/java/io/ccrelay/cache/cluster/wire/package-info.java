/**
 * Messages between the members of a cluster: bytes to one member by its name, over the clustered
 * event bus. RIM.
 */
@NullMarked
package io.ccrelay.cache.cluster.wire;

import org.jspecify.annotations.NullMarked;
