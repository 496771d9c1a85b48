package io.ccrelay.launch;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.LayoutBase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Locale;
import org.slf4j.LoggerFactory;

/** Makes the log what a {@link LoggingOptions} says, at start and at every reload. */
public final class LogSetup {

  private LogSetup() {}

  /**
   * Applies {@code options} to all loggers of the process. The former sink takes lines until the
   * new one does.
   *
   * @throws IOException if the log file cannot be opened; the log is then as before
   */
  public static void apply(LoggingOptions options) throws IOException {
    LoggerContext context = context();
    install(context, sink(context, options), Level.toLevel(options.level(), Level.INFO));
    context
        .getLogger(AccessLog.NAME)
        .setLevel(options.access() == LoggingOptions.Access.OFF ? Level.OFF : Level.INFO);
  }

  /** Writes out what is queued; nothing is logged afterwards. */
  public static void stop() {
    context().stop();
  }

  static void install(LoggerContext context, Appender<ILoggingEvent> sink, Level level) {
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    var former = new ArrayList<Appender<ILoggingEvent>>();
    root.iteratorForAppenders().forEachRemaining(former::add);
    root.setLevel(level);
    quiet(context, level, Level.WARN, "io.netty", "io.vertx", "io.micrometer");
    quiet(context, level, Level.ERROR, "org.jgroups", "org.infinispan");
    quiet(
        context,
        level,
        Level.OFF,
        "org.jgroups.protocols.TCP",
        "io.ccrelay.cache.cluster.group.LivenessPort",
        "io.ccrelay.cache.cluster.group.MembershipPort",
        "org.infinispan.interceptors",
        // A start that fails is told of in one line of ours.
        "org.infinispan.CONFIG",
        "org.infinispan.CONTAINER",
        "org.infinispan.manager",
        "org.infinispan.HOTROD",
        "org.infinispan.SERVER",
        "io.vertx.redis.client");
    root.addAppender(sink);
    for (Appender<ILoggingEvent> appender : former) {
      root.detachAppender(appender);
      appender.stop();
    }
  }

  /** What libraries say below {@code least} is not for users; what matters of it, we say. */
  private static void quiet(LoggerContext context, Level level, Level least, String... names) {
    for (String name : names) {
      context.getLogger(name).setLevel(level.isGreaterOrEqual(least) ? level : least);
    }
  }

  private static Appender<ILoggingEvent> sink(LoggerContext context, LoggingOptions options)
      throws IOException {
    LayoutBase<ILoggingEvent> lines = lines(options);
    return switch (options.output().toLowerCase(Locale.ROOT)) {
      case "", "stdout" -> LogSink.standardOutput(context, lines);
      case "stderr" ->
          options.access() == LoggingOptions.Access.OFF
              ? LogSink.standardError(context, lines)
              : LogSink.queued(context, LogSink.standardError(context, lines));
      default -> LogSink.file(context, Path.of(options.output()), lines);
    };
  }

  private static LayoutBase<ILoggingEvent> lines(LoggingOptions options) {
    boolean console =
        options.pretty()
            || switch (options.format()) {
              case "pretty" -> true;
              case "json" -> false;
              default -> Terminal.isOutput(options.output());
            };
    LayoutBase<ILoggingEvent> lines = console ? new ConsoleLines() : new JsonLines();
    return switch (options.access()) {
      case OFF -> lines;
      case TEXT -> new AccessLines(lines, new TextAccess());
      case JSON -> new AccessLines(lines, new JsonLines());
    };
  }

  private static LoggerContext context() {
    return (LoggerContext) LoggerFactory.getILoggerFactory();
  }
}
