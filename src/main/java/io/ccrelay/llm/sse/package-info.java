/**
 * Event streams: bytes to events, recording, replay, folding a stream into JSON and unfolding JSON
 * into a stream. PURE.
 */
@NullMarked
package io.ccrelay.llm.sse;

import org.jspecify.annotations.NullMarked;
