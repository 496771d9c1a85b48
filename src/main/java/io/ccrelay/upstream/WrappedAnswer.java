package io.ccrelay.upstream;

import io.ccrelay.http.Fields;
import java.util.Optional;

/**
 * An answer around another: what an implementation does not change is as the other has it. Confined
 * to the context of the answer inside.
 */
public interface WrappedAnswer extends Upstream.Answer {

  /** The answer inside. */
  Upstream.Answer answer();

  @Override
  default int status() {
    return answer().status();
  }

  @Override
  default Fields fields() {
    return answer().fields();
  }

  @Override
  default boolean closeDelimited() {
    return answer().closeDelimited();
  }

  @Override
  default Optional<Long> length() {
    return answer().length();
  }

  @Override
  default void start(Upstream.Sink sink) {
    answer().start(sink);
  }

  @Override
  default void pause() {
    answer().pause();
  }

  @Override
  default void resume() {
    answer().resume();
  }

  @Override
  default void cancel() {
    answer().cancel();
  }
}
