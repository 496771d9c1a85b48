package io.ccrelay.policy.expression;

import io.ccrelay.http.Fields;
import io.ccrelay.policy.expression.value.X509;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code context.Request} as the host has it. Read only for expressions; an object must not be
 * response or context as well, for its members are found by its type.
 */
public interface RequestView {

  /** The method, for instance {@code GET}. */
  String method();

  /** The URL of the call to the backend as it stands now. */
  Url url();

  /** The URL the client called. */
  Url originalUrl();

  /** The header fields. */
  Fields headers();

  /** The client's address. */
  String ipAddress();

  /** Values of the parameters of the operation's URL template. */
  Map<String, String> matchedParameters();

  /** The certificate that the client proved to hold, or {@code null}. */
  @Nullable X509 certificate();

  /** The body, or {@code null} if the request has none. */
  @Nullable MessageBody body();
}
