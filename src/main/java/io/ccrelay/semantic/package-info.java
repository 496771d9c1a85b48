/**
 * Answers for similar questions: the ports to embedders, indexes and vetoes, the decision whether
 * the answer to one question may serve another, and the account of how often that is wrong.
 *
 * <p>Similarity only proposes. Opposites ("import" and "export") lie closer together than
 * paraphrases, so that no threshold separates them; what separates them are the {@link
 * io.ccrelay.semantic.Vetoes}, and what proves it are labels: answers of upstream beside those that
 * would have been served. PORT and PURE.
 */
@NullMarked
package io.ccrelay.semantic;

import org.jspecify.annotations.NullMarked;
