package io.ccrelay.proxy.policy;

import io.ccrelay.metrics.Meters;
import io.ccrelay.policy.run.Host;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Time, chance, the log and the meters for the runs of a verticle. Safe for use from any context.
 */
final class LoopHost implements Host {

  private static final Logger LOG = LoggerFactory.getLogger("io.ccrelay.policy.trace");

  private final InstantSource clock;
  private final Meters meters;

  LoopHost(InstantSource clock, Meters meters) {
    this.clock = clock;
    this.meters = meters;
  }

  @Override
  public Instant now() {
    return clock.instant();
  }

  @Override
  public long nanos() {
    return System.nanoTime();
  }

  @Override
  public boolean tracing() {
    return LOG.isDebugEnabled();
  }

  @Override
  public void trace(Line line) {
    Level level =
        switch (line.severity()) {
          case "error" -> Level.ERROR;
          case "information" -> Level.INFO;
          default -> Level.DEBUG;
        };
    LOG.atLevel(level)
        .addKeyValue("source", line.source())
        .addKeyValue("metadata", line.metadata())
        .log(line.message());
  }

  @Override
  public void tokens(TokenMetric metric) {
    meters.policyTokens(
        metric.namespace(), metric.dimensions(), metric.prompt(), metric.completion());
  }

  /** Not for secrets: fast, and enough to be unique. */
  @Override
  public UUID guid() {
    var random = ThreadLocalRandom.current();
    long high = (random.nextLong() & ~0xF000L) | 0x4000L;
    long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }

  @Override
  public int seed() {
    return ThreadLocalRandom.current().nextInt();
  }
}
