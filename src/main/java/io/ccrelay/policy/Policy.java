package io.ccrelay.policy;

import java.util.List;

/**
 * One statement of a document: a record for each policy element, every attribute typed and with its
 * default. Values are immutable and safe for use from any context.
 *
 * <p>{@code include-fragment} has no record: the fragment's statements stand in its place. {@code
 * <base />} is {@link ControlPolicy.Base} in a {@link PolicyDocument} and does not occur in an
 * {@link EffectivePolicy}.
 */
public sealed interface Policy
    permits CachePolicy,
        ControlPolicy,
        TransformPolicy,
        CallPolicy,
        LimitPolicy,
        SecurityPolicy,
        LlmPolicy {

  /** Where it stands. */
  Place place();

  /** The statements inside, in the order of the document, of all branches. */
  default List<Policy> nested() {
    return List.of();
  }
}
