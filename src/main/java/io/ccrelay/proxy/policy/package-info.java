/**
 * Requests for APIs with policies: {@link io.ccrelay.proxy.policy.PolicyDoor} finds the policy of a
 * request, {@link io.ccrelay.proxy.policy.PolicyDriver} performs the effects that its {@link
 * io.ccrelay.policy.run.PolicyRun} yields. Each kind of effect has a class of its own: caches,
 * tolls, lanes, calls, templates, tokens. RIM.
 *
 * <p>Whatever fails here becomes an answer: a cache that is down is a miss, a counter that is down
 * admits, a call that fails is what {@code on-error} is told.
 */
@NullMarked
package io.ccrelay.proxy.policy;

import org.jspecify.annotations.NullMarked;
