/**
 * Recorded exchanges in place of an upstream: {@code CassetteUpstream} stands before the real one
 * and answers from a {@code Cassette}, or has it listen. What lies before, the cache included, does
 * not know. RIM.
 */
@NullMarked
package io.ccrelay.cassette;

import org.jspecify.annotations.NullMarked;
