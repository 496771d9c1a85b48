/**
 * The vetoes: what two questions must have in common, rule by rule, so that one answer fits both.
 *
 * <p>A {@link io.ccrelay.semantic.guard.Prompt} is read once; each guard looks at one aspect of two
 * of them and may only object. Structure decides first (what is left when everything common is
 * taken away); word lists are closed classes of English grammar and everyday request vocabulary,
 * and can only make two words the same, never overrule an objection. PURE.
 */
@NullMarked
package io.ccrelay.semantic.guard;

import org.jspecify.annotations.NullMarked;
