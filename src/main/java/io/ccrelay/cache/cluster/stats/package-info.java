/** Counters of all members of a cluster. RIM. */
@NullMarked
package io.ccrelay.cache.cluster.stats;

import org.jspecify.annotations.NullMarked;
