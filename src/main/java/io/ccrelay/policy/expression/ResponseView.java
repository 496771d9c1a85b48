package io.ccrelay.policy.expression;

import io.ccrelay.http.Fields;
import org.jspecify.annotations.Nullable;

/**
 * {@code IResponse}: {@code context.Response} or the answer to a request of the policy's own. An
 * object must not be request or context as well, for its members are found by its type.
 */
public interface ResponseView {

  /** The status code. */
  int statusCode();

  /** The reason phrase, empty if there is none. */
  String statusReason();

  /** The header fields. */
  Fields headers();

  /** The body, or {@code null} if the response has none. */
  @Nullable MessageBody body();
}
