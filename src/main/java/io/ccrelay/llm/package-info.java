/**
 * Chat requests and answers of the Anthropic and OpenAI dialects: canonical form and key, what may
 * be looked up, what may be stored, usage, error bodies. PURE: of libraries it may see Jackson's
 * streaming core only.
 */
@NullMarked
package io.ccrelay.llm;

import org.jspecify.annotations.NullMarked;
