/**
 * Rules of RFC 9110, 9111, 9211 and 9213 as values and functions. PURE: no Vert.x, no clock, no
 * logger.
 */
@NullMarked
package io.ccrelay.http;

import org.jspecify.annotations.NullMarked;
