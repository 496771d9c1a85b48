package io.ccrelay.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every metric that the Grafana dashboard and the alert rules name is one the program makes. */
class MetricNamesTest {

  private static final Pattern USED = Pattern.compile("\\b(?:cc_relay|jvm)_[a-z_]+\\b");
  private static final Pattern MADE = Pattern.compile("\"((?:cc\\.relay|jvm)\\.[a-z.]+)\"");

  /** What Prometheus appends to the name of a meter: unit, kind, and the parts of a histogram. */
  private static final Pattern SUFFIXES =
      Pattern.compile("(?:_seconds|_bytes)?(?:_total|_bucket|_count|_sum|_max)?");

  @Test
  void dashboardAndAlertsNameMetricsThatExist() throws IOException {
    Set<String> made = made();
    var unknown = new TreeSet<String>();
    int used = 0;
    for (Path file :
        List.of(
            Path.of("conf/grafana/cc-relay.json"), Path.of("k8s/monitoring/prometheusrule.yaml"))) {
      var matcher = USED.matcher(Files.readString(file));
      while (matcher.find()) {
        used++;
        if (made.stream().noneMatch(meter -> isOf(meter, matcher.group()))) {
          unknown.add(file + ": " + matcher.group());
        }
      }
    }
    assertEquals(Set.of(), unknown);
    assertTrue(used > 30, "used: " + used);
  }

  private static boolean isOf(String meter, String name) {
    return name.startsWith(meter) && SUFFIXES.matcher(name.substring(meter.length())).matches();
  }

  private static Set<String> made() throws IOException {
    var names = new TreeSet<String>();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(it -> it.toString().endsWith(".java")).toList()) {
        var matcher = MADE.matcher(Files.readString(file));
        while (matcher.find()) {
          names.add(matcher.group(1).replace('.', '_'));
        }
      }
    }
    return names;
  }
}
