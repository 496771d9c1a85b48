package io.ccrelay.tracing;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the exporter complains of, as lines of this program's log, where they are masked like all
 * others; without it they go to standard error with a stack. Safe for use from any thread.
 */
final class ExportTrouble extends Handler {

  private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(ExportTrouble.class);

  /** Held, since the log manager holds loggers weakly and forgets what was set. */
  private static final Logger SOURCE = Logger.getLogger("io.opentelemetry");

  private ExportTrouble() {}

  /** From now on, once however often it is called. */
  static synchronized void hear() {
    if (SOURCE.getUseParentHandlers()) {
      SOURCE.setUseParentHandlers(false);
      SOURCE.addHandler(new ExportTrouble());
    }
  }

  @Override
  public void publish(LogRecord record) {
    if (record.getLevel().intValue() >= Level.WARNING.intValue()) {
      LOG.warn("traces: {}", record.getMessage());
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
