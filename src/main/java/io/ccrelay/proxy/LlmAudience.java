package io.ccrelay.proxy;

import io.ccrelay.cache.Bytes;
import io.ccrelay.http.Fields;
import io.ccrelay.upstream.UpstreamException;
import io.vertx.core.buffer.Buffer;

/**
 * Who an upstream answer is for: one client, or nobody when an entry is refreshed in the
 * background. Confined to the context of the {@link Fetch} that speaks to it.
 *
 * <p>It hears either {@link #whole}, or {@link #head}, any number of {@link #chunk} and {@link
 * #end}; {@link #failed} takes the place of whatever has not come yet.
 */
interface LlmAudience {

  /**
   * A body that is passed on as it arrives begins.
   *
   * @param reason why it will not be stored, empty if that is not known yet
   */
  void head(int status, Fields fields, boolean eventStream, String reason);

  /** More of the body. */
  void chunk(Buffer chunk);

  /** The body is complete. */
  void end();

  /**
   * A whole answer at once.
   *
   * @param kept whether it is being stored
   * @param reason why it is not stored, empty if it is or was never to be
   */
  void whole(int status, Fields fields, Bytes body, boolean kept, String reason);

  /** There is no answer, or it broke off. */
  void failed(UpstreamException cause);

  /** Whether this audience takes no more for now. */
  boolean behind();

  /** Whether this audience left; {@link Fetch#audienceChanged} was called when it did. */
  boolean isGone();
}
