package io.ccrelay.cli.warm;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a relay every request of a file, some at a time, no faster than told. Confined to the
 * context that {@link #run} is called on.
 */
public final class WarmRun {

  private static final Logger LOG = LoggerFactory.getLogger(WarmRun.class);
  private static final int NOTE_EVERY = 20;

  private final Vertx vertx;
  private final Options options;
  private final WarmFile file;
  private final List<WarmRequest> requests;
  private final Runnable progress;
  private final HttpClient client;
  private final BitSet done = new BitSet();
  private final Map<String, Integer> outcomes = new TreeMap<>();
  private final Promise<Summary> finished = Promise.promise();
  private final int first;
  private int next;
  private int running;
  private int failed;
  private long nextStartNanos;

  /**
   * How to ask.
   *
   * @param url of the relay, scheme and authority
   * @param headers added to every request that has them not
   * @param concurrency requests at a time
   * @param perSecond most requests a second, 0 = as many as go
   * @param timeoutMillis longest wait for one answer
   */
  public record Options(
      String url,
      Map<String, String> headers,
      int concurrency,
      double perSecond,
      long timeoutMillis) {}

  /**
   * What a run did.
   *
   * @param asked requests sent by this run
   * @param skipped requests that a run before had done
   * @param outcomes answers by {@code X-CC-Relay-Cache}, {@code error N} for a status of 400 or
   *     more
   * @param failed requests without a usable answer
   */
  public record Summary(int asked, int skipped, Map<String, Integer> outcomes, int failed) {}

  private WarmRun(
      Vertx vertx, Options options, WarmFile file, List<WarmRequest> requests, Runnable progress)
      throws IOException {
    this.vertx = vertx;
    this.options = options;
    this.file = file;
    this.requests = requests;
    this.progress = progress;
    this.first = Math.min(file.done(), requests.size());
    this.next = first;
    done.set(0, first);
    this.client =
        vertx
            .httpClientBuilder()
            .with(new PoolOptions().setHttp1MaxSize(options.concurrency()))
            .build();
  }

  /**
   * A run over {@code file}, which goes on where the one before broke off.
   *
   * @param progress called after every answer
   */
  public static WarmRun of(Vertx vertx, Options options, Path file, Runnable progress)
      throws IOException, WarmFile.BadLineException {
    var requests = new WarmFile(file);
    return new WarmRun(vertx, options, requests, requests.read(), progress);
  }

  /** Requests that are left to ask. */
  public int left() {
    return requests.size() - first;
  }

  /** Asks them all. */
  public Future<Summary> run() {
    vertx
        .getOrCreateContext()
        .runOnContext(_ -> {
          nextStartNanos = System.nanoTime();
          for (int i = 0; i < options.concurrency(); i++) {
            startNext();
          }
          finishIfDone();
        });
    return finished.future().eventually(client::close);
  }

  private void startNext() {
    if (next >= requests.size()) {
      return;
    }
    int number = next++;
    running++;
    long wait = nextStartNanos - System.nanoTime();
    if (options.perSecond() > 0) {
      nextStartNanos =
          Math.max(nextStartNanos, System.nanoTime()) + (long) (1e9 / options.perSecond());
    }
    if (wait > 1_000_000) {
      vertx.setTimer(wait / 1_000_000, _ -> ask(number));
    } else {
      ask(number);
    }
  }

  private void ask(int number) {
    send(requests.get(number))
        .onComplete(answer -> {
          running--;
          String outcome = answer.succeeded() ? answer.result() : "no answer";
          outcomes.merge(outcome, 1, Integer::sum);
          if (answer.failed() || outcome.startsWith("error")) {
            failed++;
          } else {
            done.set(number);
          }
          progress.run();
          noteNowAndThen();
          startNext();
          finishIfDone();
        });
  }

  private Future<String> send(WarmRequest request) {
    var to =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setAbsoluteURI(options.url() + request.path())
            .setTimeout(options.timeoutMillis())
            .putHeader("Content-Type", "application/json");
    options.headers().forEach(to::putHeader);
    request.headers().forEach(to::putHeader);
    return client
        .request(to)
        .compose(it -> it.send(request.body()))
        .compose(answer -> answer.body().map(body -> outcome(answer)));
  }

  private static String outcome(HttpClientResponse answer) {
    return answer.statusCode() >= 400
        ? "error " + answer.statusCode()
        : Objects.requireNonNullElse(answer.getHeader("X-CC-Relay-Cache"), "unknown");
  }

  /** A note may say too little, never too much: what is asked twice is a hit the second time. */
  private void noteNowAndThen() {
    if (done.cardinality() % NOTE_EVERY == 0) {
      note();
    }
  }

  private void note() {
    try {
      file.note(done.nextClearBit(0));
    } catch (IOException failure) {
      LOG.warn("{}: {}", file.note(), failure.getMessage());
    }
  }

  private void forget() {
    try {
      file.forget();
    } catch (IOException failure) {
      LOG.warn("{}: {}", file.note(), failure.getMessage());
    }
  }

  private void finishIfDone() {
    if (running > 0 || next < requests.size()) {
      return;
    }
    if (failed > 0) {
      note();
    } else {
      forget();
    }
    finished.tryComplete(new Summary(requests.size() - first, first, outcomes, failed));
  }
}
