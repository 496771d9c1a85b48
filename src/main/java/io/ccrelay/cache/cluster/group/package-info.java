/** How nodes find each other, prove who they are, and notice that one is gone. RIM. */
@NullMarked
package io.ccrelay.cache.cluster.group;

import org.jspecify.annotations.NullMarked;
