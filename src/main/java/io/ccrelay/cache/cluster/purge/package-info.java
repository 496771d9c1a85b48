/**
 * Purges across the members of a cluster. RIM.
 *
 * <p>The record goes to the shared store first, then to every member at once. Who does not
 * acknowledge is named, and learns of it from the store or from whoever it meets again.
 */
@NullMarked
package io.ccrelay.cache.cluster.purge;

import org.jspecify.annotations.NullMarked;
