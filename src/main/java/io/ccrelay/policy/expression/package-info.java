/**
 * The expressions of API Management policy documents, {@code @(...)} and {@code @{...}}: a subset
 * of C# 7 over the context object, compiled once to closures and evaluated within a budget. PURE:
 * the host supplies requests, time, randomness and the trace through {@link
 * io.ccrelay.policy.expression.PolicyContext}.
 *
 * <p>Values are plain Java: {@code null}, {@code Boolean}, {@code Integer} (also the smaller
 * integers), {@code Long}, {@code Double} (also {@code float}), {@code BigDecimal} ({@code
 * decimal}), {@code String}, {@code Character}, {@code byte[]}, {@code Object[]} (other arrays),
 * {@code List}, {@code Map}, {@code java.util.UUID} ({@code Guid}), {@link
 * io.ccrelay.policy.expression.ResponseView} ({@code IResponse}) and the values of {@link
 * io.ccrelay.policy.expression.value}. A member is found in a table of its type; reflection was
 * rejected because it opens what the documents must not reach.
 */
@NullMarked
package io.ccrelay.policy.expression;

import org.jspecify.annotations.NullMarked;
