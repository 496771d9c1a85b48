package io.ccrelay.launch;

import io.ccrelay.cache.Key;
import io.ccrelay.metrics.Answered;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A line for each request: route, status, outcome, reason, time, model, the beginning of the key,
 * tokens saved. Nothing else is known here, so nothing else can leak. Lines pass through the
 * bounded queue of the log and are dropped when it is full. Safe for use from any context.
 */
final class AccessLog implements Consumer<Answered> {

  /** Name of the logger. */
  static final String NAME = "access";

  private static final Logger LOG = LoggerFactory.getLogger(NAME);
  private static final int LONGEST_MODEL = 128;

  @Override
  public void accept(Answered answered) {
    if (!LOG.isInfoEnabled()) {
      return;
    }
    String model = answered.model();
    LOG.atInfo()
        .addKeyValue("route", answered.route())
        .addKeyValue("status", answered.status())
        .addKeyValue("outcome", answered.outcome().token())
        .addKeyValue("reason", answered.reason())
        .addKeyValue("micros", answered.nanos() / 1000)
        .addKeyValue(
            "model", model.length() > LONGEST_MODEL ? model.substring(0, LONGEST_MODEL) : model)
        .addKeyValue("key", answered.key().map(Key::prefix).orElse(""))
        .addKeyValue("saved_input_tokens", answered.saved().inputTokens())
        .addKeyValue("saved_output_tokens", answered.saved().outputTokens())
        .log("request");
  }
}
