package io.ccrelay.demo;

import io.ccrelay.launch.RelayServer;
import io.ccrelay.launch.StartOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;

/**
 * A simulated provider and a relay before it, both on free ports of loopback. {@link #run} sends the
 * mix; the relay goes on serving until {@link #stop}.
 */
public final class Demo {

  /** Requests of a run. */
  public static final int REQUESTS = 400;

  private static final int CLIENTS = 8;
  private static final long SEED = 2026;

  private final Vertx vertx;
  private final SimulatedProvider provider;
  private final RelayServer relay;

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
        .compose(
            provider ->
                RelayServer.start(vertx, DemoConfig.of(provider.baseUrl()), StartOptions.DEFAULTS)
                    .map(relay -> new Demo(vertx, provider, relay)));
  }

  /**
   * Sends {@code requests} requests.
   *
   * @param progress called after every answer
   */
  public Future<Result> run(int requests, Runnable progress) {
    var clients = new Clients(vertx, relay.port(), CLIENTS, progress);
    return Future.<List<Sample>>future(
            done ->
                vertx
                    .getOrCreateContext()
                    .runOnContext(
                        _ -> clients.ask(Mix.of(requests, SEED), CLIENTS).onComplete(done)))
        .map(this::result);
  }

  private Result result(List<Sample> samples) {
    var table = new Table(samples, relay.meters().snapshot());
    return new Result(table.lines(provider.calls()), table.wrong());
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
    return relay.stop();
  }
}
