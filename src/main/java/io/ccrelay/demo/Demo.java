package io.ccrelay.demo;

import io.ccrelay.cache.Usage;
import io.ccrelay.launch.RelayServer;
import io.ccrelay.launch.StartOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A simulated provider and a relay before it, both on free ports of loopback. {@link #run} sends
 * the mix; the relay goes on serving until {@link #stop}.
 */
public final class Demo {

  private static final int CLIENTS = 8;
  private static final long SEED = 2026;
  private static final int ROUND = 200;

  private final Vertx vertx;
  private final SimulatedProvider provider;
  private final RelayServer relay;
  private final AtomicBoolean stopping = new AtomicBoolean();

  private Demo(Vertx vertx, SimulatedProvider provider, RelayServer relay) {
    this.vertx = vertx;
    this.provider = provider;
    this.relay = relay;
  }

  /**
   * What a run showed.
   *
   * @param table to print
   * @param wrong answers that were incomplete or those of another question
   */
  public record Result(List<String> table, long wrong) {}

  /** Starts provider and relay on {@code vertx}, which stays the caller's to close. */
  public static Future<Demo> start(Vertx vertx) {
    return SimulatedProvider.start(vertx)
        .compose(provider ->
            RelayServer.start(vertx, DemoConfig.of(provider.baseUrl()), StartOptions.DEFAULTS)
                .map(relay -> new Demo(vertx, provider, relay)));
  }

  /**
   * Sends {@code requests} requests, after a few that are not counted: they load the program.
   *
   * @param progress called after every answer that counts
   */
  public Future<Result> run(int requests, Runnable progress) {
    return send(Mix.warmUp(), () -> {})
        .compose(_ -> {
          long calls = provider.calls();
          Usage saved = relay.meters().snapshot().saved();
          return send(Mix.of(requests, SEED), progress)
              .map(samples -> result(samples, calls, saved));
        });
  }

  /** Goes on sending the mix, quietly, until {@link #stop}: so that there is something to watch. */
  public void goOn() {
    goOn(SEED + 1);
  }

  private void goOn(long seed) {
    if (!stopping.get()) {
      send(Mix.of(ROUND, seed), () -> {}).onComplete(_ -> goOn(seed + 1));
    }
  }

  private Future<List<Sample>> send(List<Mix.Ask> asks, Runnable progress) {
    var clients = new Clients(vertx, relay.port(), CLIENTS, progress);
    return Future.future(done ->
        vertx.getOrCreateContext().runOnContext(_ -> clients.ask(asks, CLIENTS).onComplete(done)));
  }

  private Result result(List<Sample> samples, long callsBefore, Usage savedBefore) {
    Usage saved = relay.meters().snapshot().saved();
    var table =
        new Table(
            samples,
            new Usage(
                saved.inputTokens() - savedBefore.inputTokens(),
                saved.outputTokens() - savedBefore.outputTokens()));
    return new Result(table.lines(provider.calls() - callsBefore), table.wrong());
  }

  /** Where clients point to. */
  public String relayUrl() {
    return "http://127.0.0.1:" + relay.port();
  }

  /** Where to look. */
  public String managementUrl() {
    return "http://127.0.0.1:" + relay.managementPort().orElseThrow();
  }

  /** Drains the relay. */
  public Future<Void> stop() {
    stopping.set(true);
    return relay.stop();
  }
}
