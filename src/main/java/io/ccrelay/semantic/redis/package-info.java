/**
 * The index of questions in a Redis server that has vector sets (Redis 8): relays that share the
 * server find each other's questions, and a restart loses none. RIM.
 *
 * <p>A partition is one vector set. What a vector set lacks, times to live and bounds, stands in
 * sorted sets beside it, whose scores are the times when questions end. A room apart from the index
 * in this process, which knows no server.
 */
@NullMarked
package io.ccrelay.semantic.redis;

import org.jspecify.annotations.NullMarked;
