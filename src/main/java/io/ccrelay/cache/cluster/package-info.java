/**
 * The distributed map and this node's place in the cluster: {@code ClusterNode} joins, {@code
 * ClusterStore} is the map as a store, with a near tier in front. RIM.
 */
@NullMarked
package io.ccrelay.cache.cluster;

import org.jspecify.annotations.NullMarked;
