package io.ccrelay.launch;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Layout;
import ch.qos.logback.core.LayoutBase;

/** Lines of the access log in a form of their own among those of the log. */
final class AccessLines extends LayoutBase<ILoggingEvent> {

  private final Layout<ILoggingEvent> others;
  private final Layout<ILoggingEvent> access;

  AccessLines(Layout<ILoggingEvent> others, Layout<ILoggingEvent> access) {
    this.others = others;
    this.access = access;
  }

  @Override
  public String doLayout(ILoggingEvent event) {
    return (event.getLoggerName().equals(AccessLog.NAME) ? access : others).doLayout(event);
  }
}
