/**
 * Chat requests and answers of the Anthropic and OpenAI dialects: canonical form and key, what may
 * be looked up, what may be stored, usage, error bodies. PURE: of libraries it may see Jackson's
 * streaming core only.
 *
 * <p>Requests are read by {@link io.ccrelay.llm.JsonTokens}, a reader of our own: it hashes and
 * copies strings from the body as they stand instead of making characters of them first, which is
 * half the cost of a key and two more copies of a large body; it knows the bytes of a value
 * exactly, so that one value can be replaced and all others kept; and it accepts nothing that a
 * strict peer would refuse.
 */
@NullMarked
package io.ccrelay.llm;

import org.jspecify.annotations.NullMarked;
