/**
 * The embedders: a service that speaks like OpenAI's, and a model in this process; and the workers
 * that carry what is too long for an event loop. RIM.
 */
@NullMarked
package io.ccrelay.semantic.embedding;

import org.jspecify.annotations.NullMarked;
