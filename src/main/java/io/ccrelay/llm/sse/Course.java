package io.ccrelay.llm.sse;

import io.ccrelay.llm.PassReason;
import io.ccrelay.llm.sse.Assembly.Step;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How far a stream has come and whether it is still sound. Once it has failed it stays so; an event
 * after the terminal one makes it unsound. Confined to one context.
 */
final class Course implements Consumer<Event> {

  private final Assembly assembly;
  private Step step = Step.GOES_ON;

  Course(Assembly assembly) {
    this.assembly = assembly;
  }

  /** Keep-alives may stand anywhere and say nothing. */
  static boolean isPing(Event event) {
    return event.name().equals("ping");
  }

  @Override
  public void accept(Event event) {
    if (isPing(event)) {
      return;
    }
    step =
        switch (step) {
          case GOES_ON -> assembly.accept(event);
          case COMPLETES -> Step.VIOLATES;
          case FAILS, STOPS_SHORT, VIOLATES -> step;
        };
  }

  /** Whether the terminal event was the last. */
  boolean isComplete() {
    return step == Step.COMPLETES;
  }

  /** Why the stream can not become a whole answer any more. */
  Optional<PassReason> fault() {
    return switch (step) {
      case GOES_ON, COMPLETES -> Optional.empty();
      case FAILS -> Optional.of(PassReason.ERROR);
      case STOPS_SHORT -> Optional.of(PassReason.TRUNCATED);
      case VIOLATES -> Optional.of(PassReason.UNREADABLE);
    };
  }

  /** The answer as far as it came. */
  Assembly answer() {
    return assembly;
  }
}
