package io.ccrelay.launch;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.LayoutBase;

/** A request as a line of words: the time, then {@code name=value}, {@code -} for nothing. */
final class TextAccess extends LayoutBase<ILoggingEvent> {

  @Override
  public String doLayout(ILoggingEvent event) {
    var line = new StringBuilder(160).append(event.getInstant());
    if (event.getKeyValuePairs() != null) {
      for (var pair : event.getKeyValuePairs()) {
        String value = String.valueOf(pair.value);
        line.append(' ').append(pair.key).append('=').append(value.isEmpty() ? "-" : word(value));
      }
    }
    return Redaction.apply(line.append('\n').toString());
  }

  /** Clients choose models: none can forge a line or a word. */
  private static String word(String value) {
    return value.replaceAll("[^\\x21-\\x7e]", "_");
  }
}
