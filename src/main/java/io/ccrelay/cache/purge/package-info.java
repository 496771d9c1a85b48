/**
 * Purges of one process: what is remembered of them, in memory and in the store, and the freeing of
 * memory behind them. RIM.
 *
 * <p>What makes an entry void is the record alone: a purge is done when the record is known,
 * however many entries there are. Freeing their memory is a walk over the store on a worker.
 * Removing the entries instead of remembering was rejected: an answer that is under way, or an
 * entry on a node that is cut off, would be served again afterwards.
 */
@NullMarked
package io.ccrelay.cache.purge;

import org.jspecify.annotations.NullMarked;
