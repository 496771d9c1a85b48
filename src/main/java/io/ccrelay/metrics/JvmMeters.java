package io.ccrelay.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.function.Supplier;

/**
 * The few facts about the Java machine that a dashboard needs: memory, collections, threads and CPU
 * time. Read only when the meters are read; there are no listeners, so that starting stays quick.
 */
public final class JvmMeters {

  private JvmMeters() {}

  /** Shows them in {@code registry}. */
  public static void bind(MeterRegistry registry) {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    bytes(registry, "jvm.memory.heap.used", () -> memory.getHeapMemoryUsage().getUsed());
    bytes(registry, "jvm.memory.heap.committed", () -> memory.getHeapMemoryUsage().getCommitted());
    bytes(registry, "jvm.memory.heap.max", () -> memory.getHeapMemoryUsage().getMax());
    bytes(registry, "jvm.memory.nonheap.used", () -> memory.getNonHeapMemoryUsage().getUsed());
    var threads = ManagementFactory.getThreadMXBean();
    Gauge.builder("jvm.threads.live", threads::getThreadCount).register(registry);
    var runtime = ManagementFactory.getRuntimeMXBean();
    Gauge.builder("process.uptime", () -> runtime.getUptime() / 1e3)
        .baseUnit("seconds")
        .register(registry);
    Gauge.builder("process.start.time", () -> runtime.getStartTime() / 1e3)
        .baseUnit("seconds")
        .register(registry);
    ManagementFactory.getGarbageCollectorMXBeans().forEach(it -> collector(registry, it));
    cpu(registry);
  }

  private static void bytes(MeterRegistry registry, String name, Supplier<Number> value) {
    Gauge.builder(name, value).baseUnit("bytes").register(registry);
  }

  private static void collector(MeterRegistry registry, GarbageCollectorMXBean collector) {
    FunctionCounter.builder("jvm.gc.collections", collector, it -> it.getCollectionCount())
        .tag("collector", collector.getName())
        .register(registry);
    FunctionCounter.builder("jvm.gc.time", collector, it -> it.getCollectionTime() / 1e3)
        .baseUnit("seconds")
        .tag("collector", collector.getName())
        .register(registry);
  }

  private static void cpu(MeterRegistry registry) {
    if (ManagementFactory.getOperatingSystemMXBean()
        instanceof com.sun.management.OperatingSystemMXBean system) {
      FunctionCounter.builder("process.cpu", system, it -> it.getProcessCpuTime() / 1e9)
          .baseUnit("seconds")
          .register(registry);
    }
  }
}
