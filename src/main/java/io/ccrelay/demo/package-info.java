/**
 * The relay at work in one process: a simulated provider, a relay, clients that check every answer,
 * and a table. RIM.
 */
@NullMarked
package io.ccrelay.demo;

import org.jspecify.annotations.NullMarked;
