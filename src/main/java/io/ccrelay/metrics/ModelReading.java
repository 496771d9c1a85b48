package io.ccrelay.metrics;

import io.ccrelay.cache.Usage;

/**
 * The counters of one model since the process began.
 *
 * @param requests answers
 * @param avoided answers for which no upstream was asked
 * @param saved tokens these did not buy
 */
public record ModelReading(long requests, long avoided, Usage saved) {}
