package io.ccrelay.cache;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Random histories of one key, with every order in which contexts may get their turn. */
class LocalFlightsModelTest {

  /** One step of a history. */
  private enum Step {
    BOARD,
    BOARD_MORE,
    LEAVE,
    FALL_BEHIND,
    CATCH_UP,
    SUPERSEDE,
    CHUNK,
    CHUNK_MORE,
    COMPLETE,
    REFUSE,
    FAIL,
    RUN,
    RUN_MORE,
    RUN_YET_MORE
  }

  /** A step, and the number of whom or what it concerns. */
  record Action(Step step, int number) {
    void on(FlightsModel model) {
      switch (step) {
        case BOARD, BOARD_MORE -> model.board(number % FlightsModel.PERSONS);
        case LEAVE -> model.leave(number);
        case FALL_BEHIND -> model.behind(number, true);
        case CATCH_UP -> model.behind(number, false);
        case SUPERSEDE -> model.supersede(number);
        case CHUNK, CHUNK_MORE -> model.chunk(number);
        case COMPLETE -> model.end(number, "complete 200");
        case REFUSE -> model.end(number, "alone token");
        case FAIL -> model.end(number, "leaderless token");
        case RUN, RUN_MORE, RUN_YET_MORE -> model.run(number % FlightsModel.PERSONS);
      }
    }
  }

  @Provide
  Arbitrary<List<Action>> history() {
    return Combinators.combine(Arbitraries.of(Step.class), Arbitraries.integers().between(0, 10))
        .as(Tuple::of)
        .map(step -> new Action(step.get1(), step.get2()))
        .list()
        .ofMaxSize(80);
  }

  @Property(tries = 2000)
  void noHistoryLosesDoublesOrReordersWhatALeaderSaid(@ForAll("history") List<Action> history) {
    var model = new FlightsModel();
    for (Action action : history) {
      action.on(model);
      model.check();
    }
    model.settleAndCheck();
  }
}
