/**
 * Values of policy expressions that Java has no equal for: JSON tokens with the behaviour of
 * Newtonsoft.Json, dates, spans of time, URIs, tokens of authentication. PURE.
 */
@NullMarked
package io.ccrelay.policy.expression.value;

import org.jspecify.annotations.NullMarked;
