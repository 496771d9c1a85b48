package io.ccrelay.admin;

import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * The audit log: a line for each change that somebody makes, or is refused, at the management
 * listener: who (the name of a token, never the token), from where, what, with which result. Lines
 * about refusals, which cost nothing to provoke, are bounded. Confined to the verticle's context.
 */
final class Audit {

  private static final Logger LOG = LoggerFactory.getLogger("audit");
  private static final int MOST_REFUSALS_A_MINUTE = 30;

  private final InstantSource clock;
  private long minute;
  private int refusals;
  private long suppressed;

  /** An audit log that bounds refusals by {@code clock}. */
  Audit(InstantSource clock) {
    this.clock = clock;
  }

  /** A line about {@code action}, which the caller of an admitted request asked for. */
  static LoggingEventBuilder line(RoutingContext context, String action, String result) {
    Caller caller = AdminVerticle.caller(context);
    return line(context, action, caller.name(), result)
        .addKeyValue("role", caller.role().name().toLowerCase(Locale.ROOT));
  }

  /** Notes that {@code caller} was refused what {@code context} asks for. */
  void refused(RoutingContext context, String caller, Guard.Refusal refusal) {
    if (mayWrite()) {
      line(context, "refused", caller, refusal.token())
          .addKeyValue("method", context.request().method().name())
          .addKeyValue("suppressed", suppressed)
          .log("an administrative request was refused");
      suppressed = 0;
    }
  }

  private boolean mayWrite() {
    long now = clock.instant().getEpochSecond() / 60;
    refusals = now == minute ? refusals + 1 : 1;
    minute = now;
    if (refusals > MOST_REFUSALS_A_MINUTE) {
      suppressed++;
      return false;
    }
    return true;
  }

  private static LoggingEventBuilder line(
      RoutingContext context, String action, String caller, String result) {
    return LOG.atInfo()
        .addKeyValue("action", action)
        .addKeyValue("caller", caller)
        .addKeyValue("remote", context.request().remoteAddress().host())
        .addKeyValue("result", result);
  }
}
