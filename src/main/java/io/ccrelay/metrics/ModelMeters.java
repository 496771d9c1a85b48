package io.ccrelay.metrics;

import io.ccrelay.cache.Usage;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.LongAdder;

/** Answers for one model and what the cache saved of them. Safe for use from any context. */
final class ModelMeters {

  private final LongAdder requests = new LongAdder();
  private final LongAdder avoided = new LongAdder();
  private final LongAdder savedInput;
  private final LongAdder savedOutput;

  ModelMeters(MeterRegistry registry, String model) {
    this.savedInput = saved(registry, model, "input");
    this.savedOutput = saved(registry, model, "output");
  }

  void answered(Answered answered) {
    requests.increment();
    if (answered.avoided()) {
      avoided.increment();
      savedInput.add(answered.saved().inputTokens());
      savedOutput.add(answered.saved().outputTokens());
    }
  }

  ModelReading read() {
    return new ModelReading(
        requests.sum(), avoided.sum(), new Usage(savedInput.sum(), savedOutput.sum()));
  }

  private static LongAdder saved(MeterRegistry registry, String model, String direction) {
    var counter = new LongAdder();
    FunctionCounter.builder("cc.relay.saved.tokens", counter, LongAdder::sum)
        .description("Tokens not bought because the cache answered")
        .tag("model", model)
        .tag("direction", direction)
        .register(registry);
    return counter;
  }
}
