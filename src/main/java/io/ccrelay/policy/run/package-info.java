/**
 * The running of policy documents: a {@link io.ccrelay.policy.run.PolicyRun} goes through the
 * statements of an {@link io.ccrelay.policy.EffectivePolicy} and yields an {@link
 * io.ccrelay.policy.run.Effect} wherever the world is needed: a value of the cache, a call, a
 * pause, the reply. Whoever drives it performs the effect and hands the {@link
 * io.ccrelay.policy.run.Answer} back. PURE.
 *
 * <p>Documents are data and nest, so the flow is an effect machine: a stack of statement lists
 * under way. A statement is performed by the class of its family ({@code CacheMoves}, {@code
 * CallMoves} ...), which answers with a {@code Move}: go on, ask the world, run a block, jump. The
 * three jumps are those of the gateway: {@code return-response} ends everything, a hit goes on
 * after the {@code cache-store}, an error goes to {@code on-error}.
 */
@NullMarked
package io.ccrelay.policy.run;

import org.jspecify.annotations.NullMarked;
