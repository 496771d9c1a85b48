package io.ccrelay.llm.sse;

import io.ccrelay.llm.sse.Assembly.Step;
import java.util.function.Consumer;

/**
 * How far a stream has come and whether it is still sound. Once it has failed it stays so; an event
 * after the terminal one makes it unsound. Confined to one context.
 */
final class Course implements Consumer<Event> {

  private final Assembly assembly;
  private Step step = Step.GOES_ON;
  private boolean started;

  Course(Assembly assembly) {
    this.assembly = assembly;
  }

  /** Keep-alives may stand anywhere and say nothing. */
  static boolean isPing(Event event) {
    return event.name().equals("ping");
  }

  @Override
  public void accept(Event event) {
    started = true;
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

  /** What the last event that mattered meant. */
  Step step() {
    return step;
  }

  /** Whether there was an event at all. */
  boolean started() {
    return started;
  }
}
