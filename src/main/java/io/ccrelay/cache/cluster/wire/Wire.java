package io.ccrelay.cache.cluster.wire;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;

/**
 * A way to the other members. What one member tells another arrives in the order in which it was
 * told, or not at all; nobody is told of losses. Safe for use from any context.
 */
public interface Wire {

  /** The name of this member. */
  String self();

  /** The members as this one sees them now, itself among them. Cheap; may be a moment old. */
  List<String> members();

  /** Asks {@code member}; fails if no answer arrives in {@code deadline}. */
  Future<Buffer> ask(String member, Buffer question, Duration deadline);

  /** Tells {@code member}. */
  void tell(String member, Buffer news);

  /** Hears what others ask and tell, on one context and in order. */
  Future<Void> open(Listener listener);

  /** Hears no more. */
  Future<Void> close();

  /** Hears other members. */
  interface Listener {

    /** The answer to {@code question}; one that fails is not sent. */
    Future<Buffer> asked(String member, Buffer question);

    /** {@code member} told {@code news}. */
    void told(String member, Buffer news);
  }
}
