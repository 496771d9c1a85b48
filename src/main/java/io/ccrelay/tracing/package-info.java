/**
 * Traces for OpenTelemetry: a span for each request, with one for each question to the cache and
 * each exchange with an upstream within. RIM.
 */
@NullMarked
package io.ccrelay.tracing;

import org.jspecify.annotations.NullMarked;
