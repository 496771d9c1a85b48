package io.ccrelay.config;

import io.ccrelay.launch.LoggingOptions;
import io.ccrelay.launch.LoggingOptions.Access;
import java.util.List;
import java.util.Map;

/** Reads {@code logging}. */
final class LoggingSection {

  private static final LoggingOptions DEFAULTS = LoggingOptions.DEFAULTS;

  private LoggingSection() {}

  static LoggingOptions read(Section logging) {
    var options =
        new LoggingOptions(
            logging.choice("level", DEFAULTS.level(), List.of("debug", "info", "warn", "error")),
            logging.choice(
                "format", DEFAULTS.format(), List.of("json", "console", "text", "pretty")),
            logging.text("output", DEFAULTS.output()),
            logging.flag("pretty", DEFAULTS.pretty()),
            logging.choice(
                "access",
                DEFAULTS.access(),
                Map.of("off", Access.OFF, "text", Access.TEXT, "json", Access.JSON)));
    debug(logging.section("debug_options"));
    logging.withoutEffect("file");
    logging.finish(UnknownKeys.IGNORED);
    return options;
  }

  /** Checked as the original does; this relay never logs bodies. */
  private static void debug(Section debug) {
    for (var key : List.of("log_request_body", "log_response_headers", "log_tls_metrics")) {
      if (debug.flag(key, false)) {
        debug.warning(key, "has no effect");
      }
    }
    if (debug.count("max_body_log_size") > 0) {
      debug.warning("max_body_log_size", "has no effect");
    }
    debug.finish(UnknownKeys.IGNORED);
  }
}
