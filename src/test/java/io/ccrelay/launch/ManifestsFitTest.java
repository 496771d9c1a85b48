package io.ccrelay.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** That the manifests fit together, and hold what an operator relies on. */
@DisplayName("A23: the manifests are complete and refer to what is there")
class ManifestsFitTest {

  private static final Path ROOT = Path.of("k8s");
  private static final String LABEL = "app.kubernetes.io/name";

  /** Fields of the Prometheus operator's kinds that are used here; its schemas are not at hand. */
  private static final Map<String, Set<String>> MONITOR_FIELDS =
      Map.of(
          "spec", Set.of("selector", "endpoints", "namespaceSelector", "jobLabel"),
          "endpoint",
              Set.of("port", "path", "interval", "scrapeTimeout", "authorization", "scheme"),
          "authorization", Set.of("type", "credentials"),
          "rule", Set.of("alert", "expr", "for", "labels", "annotations", "keep_firing_for"));

  @Test
  void theServiceMonitorFindsTheServiceItsPortAndItsToken() throws IOException {
    JsonObject spec = read("monitoring/servicemonitor.yaml").getAsJsonObject("spec");
    assertOnly("spec", spec);
    JsonObject labels = spec.getAsJsonObject("selector").getAsJsonObject("matchLabels");
    JsonObject service = read("service.yaml");
    assertEquals(
        labels.get(LABEL),
        service.getAsJsonObject("metadata").getAsJsonObject("labels").get(LABEL));
    for (JsonElement one : spec.getAsJsonArray("endpoints")) {
      JsonObject endpoint = one.getAsJsonObject();
      assertOnly("endpoint", endpoint);
      assertTrue(
          names(service.getAsJsonObject("spec").getAsJsonArray("ports"))
              .contains(endpoint.get("port").getAsString()));
      assertEquals("/metrics", endpoint.get("path").getAsString());
      JsonObject authorization = endpoint.getAsJsonObject("authorization");
      assertOnly("authorization", authorization);
      assertTrue(
          secretKeys()
              .contains(authorization.getAsJsonObject("credentials").get("key").getAsString()));
    }
  }

  @Test
  void everyAlertHasAnExpressionASeverityAndASummary() throws IOException {
    var alerts = new TreeSet<String>();
    for (JsonElement group :
        read("monitoring/prometheusrule.yaml").getAsJsonObject("spec").getAsJsonArray("groups")) {
      for (JsonElement one : group.getAsJsonObject().getAsJsonArray("rules")) {
        JsonObject rule = one.getAsJsonObject();
        assertOnly("rule", rule);
        assertFalse(rule.get("expr").getAsString().isBlank());
        assertTrue(
            Set.of("warning", "critical")
                .contains(rule.getAsJsonObject("labels").get("severity").getAsString()));
        assertTrue(rule.getAsJsonObject("annotations").has("summary"), rule.toString());
        assertTrue(alerts.add(rule.get("alert").getAsString()), "twice: " + rule.get("alert"));
      }
    }
    assertTrue(alerts.size() >= 7, alerts.toString());
  }

  @Test
  void theDashboardIsAConfigMapThatGrafanaLooksFor() throws IOException {
    JsonObject kustomization = json(Path.of("conf/grafana/kustomization.yaml"));
    JsonObject map = kustomization.getAsJsonArray("configMapGenerator").get(0).getAsJsonObject();
    JsonObject options = map.getAsJsonObject("options");
    assertEquals("1", options.getAsJsonObject("labels").get("grafana_dashboard").getAsString());
    for (JsonElement file : map.getAsJsonArray("files")) {
      Path dashboard = Path.of("conf/grafana", file.getAsString());
      JsonObject content = JsonParser.parseString(Files.readString(dashboard)).getAsJsonObject();
      assertTrue(content.getAsJsonArray("panels").size() > 5);
      assertTrue(Files.size(dashboard) < 1 << 20, "larger than a config map may be");
    }
    assertTrue(
        read("monitoring/kustomization.yaml").getAsJsonArray("resources").asList().stream()
            .anyMatch(it -> it.getAsString().equals("../../conf/grafana")));
  }

  @Test
  void theIngressNamesAServiceAndAPortAndDoesNotBufferStreams() throws IOException {
    JsonObject ingress = read("ingress/ingress.yaml");
    JsonObject annotations = ingress.getAsJsonObject("metadata").getAsJsonObject("annotations");
    assertEquals(
        "off", annotations.get("nginx.ingress.kubernetes.io/proxy-buffering").getAsString());
    JsonObject service = read("service.yaml");
    JsonObject backend =
        ingress
            .getAsJsonObject("spec")
            .getAsJsonArray("rules")
            .get(0)
            .getAsJsonObject()
            .getAsJsonObject("http")
            .getAsJsonArray("paths")
            .get(0)
            .getAsJsonObject()
            .getAsJsonObject("backend")
            .getAsJsonObject("service");
    assertEquals(service.getAsJsonObject("metadata").get("name"), backend.get("name"));
    String port = backend.getAsJsonObject("port").get("name").getAsString();
    assertEquals("http", port, "never the management port");
    assertTrue(names(service.getAsJsonObject("spec").getAsJsonArray("ports")).contains(port));
  }

  @Test
  void probesAreThreeAndAskWhatTheListenerHas() throws IOException {
    JsonObject container = container();
    var paths = new ArrayList<String>();
    for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
      JsonObject get = container.getAsJsonObject(probe).getAsJsonObject("httpGet");
      assertEquals("management", get.get("port").getAsString());
      paths.add(get.get("path").getAsString());
    }
    assertEquals(List.of("/health/live", "/health/ready", "/health/live"), paths);
    JsonObject startup = container.getAsJsonObject("startupProbe");
    int seconds =
        startup.get("periodSeconds").getAsInt() * startup.get("failureThreshold").getAsInt();
    assertTrue(seconds >= 30, "a member waits for the others: " + seconds);
  }

  @Test
  void threeRelaysStayApartAndLeaveOneByOne() throws IOException {
    JsonObject spec = read("statefulset.yaml").getAsJsonObject("spec");
    assertEquals(3, spec.get("replicas").getAsInt());
    JsonObject pod = spec.getAsJsonObject("template").getAsJsonObject("spec");
    assertFalse(pod.getAsJsonArray("topologySpreadConstraints").isEmpty());
    assertFalse(pod.get("automountServiceAccountToken").getAsBoolean());
    JsonObject budget = read("poddisruptionbudget.yaml").getAsJsonObject("spec");
    assertEquals(1, budget.get("maxUnavailable").getAsInt());
    JsonObject members = read("members.yaml");
    assertEquals(spec.get("serviceName"), members.getAsJsonObject("metadata").get("name"));
    assertEquals(
        "None", members.getAsJsonObject("spec").get("clusterIP").getAsString(), "headless");
    JsonObject resources = container().getAsJsonObject("resources");
    assertEquals(
        resources.getAsJsonObject("requests").get("memory"),
        resources.getAsJsonObject("limits").get("memory"));
  }

  @Test
  void theOnlyPlaceToWriteIsAnEmptyDirectoryOfLimitedSize() throws IOException {
    JsonObject pod =
        read("statefulset.yaml")
            .getAsJsonObject("spec")
            .getAsJsonObject("template")
            .getAsJsonObject("spec");
    JsonObject security = container().getAsJsonObject("securityContext");
    assertFalse(security.get("allowPrivilegeEscalation").getAsBoolean());
    assertEquals(
        "RuntimeDefault",
        pod.getAsJsonObject("securityContext")
            .getAsJsonObject("seccompProfile")
            .get("type")
            .getAsString());
    var writable = new ArrayList<String>();
    for (JsonElement volume : pod.getAsJsonArray("volumes")) {
      if (volume.getAsJsonObject().has("emptyDir")) {
        assertTrue(volume.getAsJsonObject().getAsJsonObject("emptyDir").has("sizeLimit"));
        writable.add(volume.getAsJsonObject().get("name").getAsString());
      }
    }
    assertEquals(List.of("tmp"), writable);
    assertFalse(container().has("command"), "the image's own entry point");
  }

  @Test
  void theNetworkPolicyOpensEachPortToThoseWhoNeedIt() throws IOException {
    JsonObject spec = read("networkpolicy.yaml").getAsJsonObject("spec");
    assertEquals("[\"Ingress\",\"Egress\"]", spec.get("policyTypes").toString());
    for (JsonElement one : spec.getAsJsonArray("ingress")) {
      JsonObject rule = one.getAsJsonObject();
      String from = rule.getAsJsonArray("from").toString();
      int port = rule.getAsJsonArray("ports").get(0).getAsJsonObject().get("port").getAsInt();
      String expected =
          switch (port) {
            case 8787 -> "cc-relay/client";
            case 9090 -> "monitoring";
            case 3320 -> "\"podSelector\":{\"matchLabels\":{\"" + LABEL + "\":\"cc-relay\"}}";
            default -> "nobody";
          };
      assertTrue(from.contains(expected), port + " is open to " + from);
      assertTrue(from.length() > 5, "open to all");
    }
    assertTrue(spec.get("egress").toString().contains("169.254.0.0/16"), "cloud metadata");
  }

  @Test
  void secretsAreReferredToAndNowhereWrittenDown() throws IOException {
    for (JsonElement one : container().getAsJsonArray("env")) {
      JsonObject variable = one.getAsJsonObject();
      String name = variable.get("name").getAsString();
      if (name.contains("KEY") || name.contains("TOKEN") || name.contains("SECRET")) {
        assertTrue(variable.has("valueFrom"), name);
        assertTrue(
            secretKeys()
                .contains(
                    variable
                        .getAsJsonObject("valueFrom")
                        .getAsJsonObject("secretKeyRef")
                        .get("key")
                        .getAsString()),
            name);
      }
    }
    try (Stream<Path> files = Files.walk(ROOT)) {
      for (Path file : files.filter(it -> it.toString().endsWith(".yaml")).toList()) {
        assertFalse(Files.readString(file).contains("kind: Secret"), file.toString());
        assertFalse(Files.readString(file).matches("(?s).*\\bsk-[a-z0-9].*"), file.toString());
      }
    }
  }

  /** The keys of the secret, as the commands beside the manifests make it. */
  private static Set<String> secretKeys() throws IOException {
    var keys = new HashSet<String>();
    var matcher =
        Pattern.compile("--from-literal=([a-z-]+)=")
            .matcher(Files.readString(ROOT.resolve("README.md")));
    while (matcher.find()) {
      keys.add(matcher.group(1));
    }
    return keys;
  }

  private static void assertOnly(String kind, JsonObject object) {
    var unknown = new TreeSet<>(object.keySet());
    unknown.removeAll(MONITOR_FIELDS.get(kind));
    assertEquals(Set.of(), unknown, kind);
  }

  private static Set<String> names(JsonArray ports) {
    var names = new HashSet<String>();
    ports.forEach(it -> names.add(it.getAsJsonObject().get("name").getAsString()));
    return names;
  }

  private static JsonObject container() throws IOException {
    return read("statefulset.yaml")
        .getAsJsonObject("spec")
        .getAsJsonObject("template")
        .getAsJsonObject("spec")
        .getAsJsonArray("containers")
        .get(0)
        .getAsJsonObject();
  }

  private static JsonObject read(String name) throws IOException {
    return json(ROOT.resolve(name));
  }

  private static JsonObject json(Path file) throws IOException {
    var settings = LoadSettings.builder().setAllowDuplicateKeys(false).build();
    return new Gson()
        .toJsonTree(new Load(settings).loadFromString(Files.readString(file)))
        .getAsJsonObject();
  }
}
