package io.ccrelay.cache;

import io.ccrelay.http.Fields;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What the entry format costs: a decode on every hit, an encode on every answer stored. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class EntryBenchmark {

  /** Size of the body, bytes. */
  @Param({"2048", "1048576"})
  public int bodySize = 2048;

  private Entry entry;
  private Bytes encoded;

  /** Makes an entry with the fields that an LLM service's answer keeps. */
  @Setup
  public void prepare() {
    entry =
        new Entry(
            200,
            Entry.Form.JSON,
            Instant.parse("2026-01-01T00:00:00.123456789Z"),
            Duration.ofHours(1),
            Duration.ofMinutes(5),
            Fields.of(
                "content-type", "application/json",
                "anthropic-organization-id", "01234567-89ab-cdef-0123-456789abcdef",
                "strict-transport-security", "max-age=31536000; includeSubDomains; preload",
                "x-robots-tag", "none",
                "content-security-policy", "default-src 'none'; frame-ancestors 'none'",
                "vary", "Accept-Encoding"),
            List.of("team-a"),
            Map.of("model", "claude-sonnet-4-5", "provider", "anthropic", "scope", "0123456789ab"),
            new Usage(1234, 567),
            Bytes.owned(new byte[bodySize]));
    encoded = EntryFormat.encode(entry);
  }

  /** A hit. */
  @Benchmark
  public Optional<Entry> decode() {
    return EntryFormat.decode(encoded);
  }

  /** An answer stored. */
  @Benchmark
  public Bytes encode() {
    return EntryFormat.encode(entry);
  }
}
