package io.ccrelay.launch;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.Locale;
import java.util.Set;

/**
 * Log lines for machines: one JSON object a line with {@code time}, {@code level}, {@code logger},
 * {@code message}, the event's own pairs, and {@code error} with the stack of a failure.
 */
final class JsonLines extends LayoutBase<ILoggingEvent> {

  private static final Set<String> OWN = Set.of("time", "level", "logger", "message", "error");

  @Override
  public String doLayout(ILoggingEvent event) {
    var line = new StringBuilder(256);
    line.append("{\"time\":\"").append(event.getInstant()).append('"');
    text(line, "level", event.getLevel().toString().toLowerCase(Locale.ROOT));
    text(line, "logger", event.getLoggerName());
    text(line, "message", event.getFormattedMessage());
    if (event.getKeyValuePairs() != null) {
      for (var pair : event.getKeyValuePairs()) {
        pair(line, OWN.contains(pair.key) ? "_" + pair.key : pair.key, pair.value);
      }
    }
    if (event.getThrowableProxy() != null) {
      text(line, "error", ThrowableProxyUtil.asString(event.getThrowableProxy()));
    }
    return Redaction.apply(line.append("}\n").toString());
  }

  private static void pair(StringBuilder line, String name, Object value) {
    if (value instanceof Integer || value instanceof Long || value instanceof Boolean) {
      name(line, name);
      line.append(value);
    } else {
      text(line, name, String.valueOf(value));
    }
  }

  private static void text(StringBuilder line, String name, String value) {
    name(line, name);
    line.append('"');
    JsonStringEncoder.getInstance().quoteAsString(value, line);
    line.append('"');
  }

  private static void name(StringBuilder line, String name) {
    line.append(",\"");
    JsonStringEncoder.getInstance().quoteAsString(name, line);
    line.append("\":");
  }
}
