package io.ccrelay.config;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Tells a listener about every change of a configuration file and of the files it names, such as
 * policy documents. It compares digests of the contents on a worker, so that it also sees what
 * file-system events miss: a directory's symbolic link swapped by Kubernetes, editors that write a
 * new file and rename it, network file systems. One read at a time, the next {@code interval} after
 * it ended. A change counts once two reads in a row found the same content: the beginning of a file
 * that is being written, an empty one above all, is often a valid configuration too, and one
 * without authentication. A change that does not change the result is not reported.
 *
 * <p>{@link #start} and {@link #close} are safe for use from any context; the listener is called on
 * one context of the given Vert.x, never concurrently.
 */
public final class ConfigWatch implements AutoCloseable {

  /** Time between two reads unless told otherwise. */
  public static final Duration INTERVAL = Duration.ofMillis(250);

  private final Context context;
  private final Path file;
  private final UnaryOperator<@Nullable String> environment;
  private final long intervalMillis;
  private final Consumer<ConfigResult> listener;

  private ConfigResult last;
  private Set<Path> named = Set.of();
  private String fingerprint = "";
  private String unconfirmed = "";
  private long timer = -1;
  private volatile boolean closed;

  /**
   * A watch that has not begun.
   *
   * @param file read again and again, symbolic links followed
   * @param environment gives null for unset variables
   * @param interval time between two reads, at least a millisecond
   * @param running what the file gave before: only other results are reported
   * @param listener must not block; what it throws goes to the context's exception handler
   */
  public ConfigWatch(
      Vertx vertx,
      Path file,
      UnaryOperator<@Nullable String> environment,
      Duration interval,
      ConfigResult running,
      Consumer<ConfigResult> listener) {
    if (interval.toMillis() < 1) {
      throw new IllegalArgumentException("interval: " + interval + " (expected: at least 1 ms)");
    }
    this.context = vertx.getOrCreateContext();
    this.file = file;
    this.environment = environment;
    this.intervalMillis = interval.toMillis();
    this.last = running;
    this.listener = listener;
  }

  /** Begins; once. The first read follows at once, so nothing written meanwhile is missed. */
  public void start() {
    context.runOnContext(_ -> look());
  }

  /** Ends; a read that is under way is not reported any more. Idempotent. */
  @Override
  public void close() {
    closed = true;
    context.runOnContext(_ -> context.owner().cancelTimer(timer));
  }

  private void look() {
    if (closed) {
      return;
    }
    String known = fingerprint;
    String candidate = unconfirmed;
    Set<Path> others = named;
    context
        .executeBlocking(() -> observe(known, candidate, others), false)
        .otherwise(this::failed)
        .onSuccess(observation -> {
          schedule();
          seen(observation);
        });
  }

  private void schedule() {
    if (!closed) {
      timer = context.owner().setTimer(intervalMillis, _ -> look());
    }
  }

  /**
   * What the files held, and what that means if it is new and was there the last time too.
   *
   * @param named files that the configuration names
   */
  private record Observation(String fingerprint, Set<Path> named, @Nullable ConfigResult result) {}

  private Observation observe(String known, String candidate, Set<Path> others) {
    var contents = ConfigFile.read(file);
    var held = new TreeMap<Path, String>();
    others.forEach(path -> held.put(path, ConfigFile.read(path).fingerprint()));
    String found = contents.fingerprint() + held;
    if (found.equals(known) || !found.equals(candidate)) {
      return new Observation(found, others, null);
    }
    var files = new PolicyFiles(file.toString());
    var result = ConfigLoader.interpret(file.toString(), contents, environment, files);
    var read = new TreeMap<>(files.fingerprints());
    return new Observation(contents.fingerprint() + read, read.keySet(), result);
  }

  private Observation failed(Throwable cause) {
    String reason = "cannot be read (" + cause.getClass().getSimpleName() + ")";
    return new Observation(reason, Set.of(), ConfigLoader.invalid(file.toString(), reason));
  }

  private void seen(Observation observation) {
    unconfirmed = observation.fingerprint();
    named = observation.named();
    ConfigResult result = observation.result();
    if (result != null) {
      fingerprint = observation.fingerprint();
    }
    if (!closed && result != null && !result.equals(last)) {
      last = result;
      listener.accept(result);
    }
  }
}
