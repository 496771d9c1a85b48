package io.ccrelay.demo;

/**
 * How one request went.
 *
 * @param outcome as the relay names it in {@code X-CC-Relay-Cache}
 * @param streaming whether the answer came as events
 * @param nanos from the request to the last byte
 * @param right whether the answer was complete and the one to its question
 */
record Sample(String outcome, boolean streaming, long nanos, boolean right) {}
