package io.ccrelay.proxy.policy;

import io.ccrelay.http.Fields;
import io.ccrelay.policy.run.Effect;
import io.ccrelay.policy.run.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where defects of this program end that show while a policy runs. */
final class PolicyDefects {

  private static final Logger LOG = LoggerFactory.getLogger(PolicyDefects.class);

  private PolicyDefects() {}

  static Effect.Reply reply(@Nullable Throwable failure) {
    LOG.error("a policy could not be run to its end", failure);
    return new Effect.Reply(Response.of(500, Fields.none()), _ -> List.of());
  }
}
