package io.ccrelay.testing;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;

/**
 * Everything that is logged in this process, as it was said: before any redaction, with arguments,
 * key-value pairs and the messages of failures. Safe for use from any thread.
 */
public final class LogCapture implements AutoCloseable {

  private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final AppenderBase<ILoggingEvent> ears =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          lines.add(line(event));
        }
      };

  private LogCapture() {
    ears.start();
    root.addAppender(ears);
  }

  /** Listens from now on. */
  public static LogCapture start() {
    return new LogCapture();
  }

  /** What was said so far. */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  @Override
  public void close() {
    root.detachAppender(ears);
    ears.stop();
  }

  private static String line(ILoggingEvent event) {
    var line = new StringBuilder(event.getLevel() + " " + event.getLoggerName() + " ");
    line.append(event.getFormattedMessage());
    if (event.getKeyValuePairs() != null) {
      line.append(' ').append(event.getKeyValuePairs());
    }
    line.append(event.getMDCPropertyMap());
    for (IThrowableProxy cause = event.getThrowableProxy();
        cause != null;
        cause = cause.getCause()) {
      line.append(" | ").append(cause.getClassName()).append(": ").append(cause.getMessage());
    }
    return line.toString();
  }
}
