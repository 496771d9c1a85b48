/**
 * Single flight across the members of a cluster. RIM.
 *
 * <p>A request boards the flight of its own process first. Only who would lead there asks whether
 * another member leads already: the registrar of the key, one of the members, chosen by the key. If
 * so the flight here becomes a mirror of the one there: what the leader says goes to each member
 * once, however many follow.
 *
 * <p>Nobody waits for a registrar longer than the deadline of the cache, and without one everybody
 * leads for itself: a registry that is down costs calls, never answers. A lease that is not renewed
 * ends, a leader that is silent is given up, and whoever has waited for the limit of followers
 * takes the key by force. A map with leases was rejected: it costs a write to all owners for each
 * miss, and fails exactly when the cluster does.
 */
@NullMarked
package io.ccrelay.cache.cluster.flight;

import org.jspecify.annotations.NullMarked;
