/**
 * Rate limits, quotas and token limits as decisions: (what was counted, now) in, (what is counted
 * then, admitted or not) out. PURE.
 *
 * <p>What a counter remembers is a short list of {@linkplain io.ccrelay.limit.Tally marks} with a
 * compact form in bytes, so that any store that can compare and swap bytes carries any limit; no
 * store knows what a limit is. Sliding and fixed windows differ only in which marks still count.
 */
@NullMarked
package io.ccrelay.limit;

import org.jspecify.annotations.NullMarked;
