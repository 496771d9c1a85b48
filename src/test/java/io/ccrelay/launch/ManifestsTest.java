package io.ccrelay.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.ccrelay.config.ConfigLoader;
import io.ccrelay.config.ConfigResult;
import io.kubernetes.client.openapi.models.V1Ingress;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The Kubernetes manifests and the compose file, read as strictly as the API server does. */
class ManifestsTest {

  private static final Path ROOT = Path.of("k8s");

  private interface Check {
    void accept(JsonElement manifest) throws IOException;
  }

  private static final Map<String, Check> KINDS =
      Map.of(
          "ServiceAccount", V1ServiceAccount::validateJsonElement,
          "Service", V1Service::validateJsonElement,
          "StatefulSet", V1StatefulSet::validateJsonElement,
          "PodDisruptionBudget", V1PodDisruptionBudget::validateJsonElement,
          "HorizontalPodAutoscaler", V2HorizontalPodAutoscaler::validateJsonElement,
          "NetworkPolicy", V1NetworkPolicy::validateJsonElement,
          "Ingress", V1Ingress::validateJsonElement);

  /** Kinds of others, whose schemas are not at hand. */
  private static final Set<String> CUSTOM = Set.of("ServiceMonitor", "PrometheusRule");

  @Test
  void everyManifestIsOfAKnownKindAndHasNoUnknownField() throws IOException {
    int checked = 0;
    for (Path file : manifests()) {
      JsonObject manifest = read(file);
      String kind = manifest.get("kind").getAsString();
      if (KINDS.containsKey(kind)) {
        KINDS.get(kind).accept(manifest);
        checked++;
      } else {
        assertTrue(CUSTOM.contains(kind), file + ": " + kind);
        assertTrue(manifest.get("apiVersion").getAsString().startsWith("monitoring.coreos.com/"));
      }
    }
    assertEquals(8, checked);
  }

  @Test
  void aMisspeltFieldWouldBeSeen() throws IOException {
    JsonObject manifest = read(ROOT.resolve("statefulset.yaml"));
    manifest.getAsJsonObject("spec").addProperty("replicaz", 3);
    assertThrows(IllegalArgumentException.class, () -> V1StatefulSet.validateJsonElement(manifest));
  }

  @Test
  void everyManifestIsListedInItsKustomization() throws IOException {
    for (Path folder : List.of(ROOT, ROOT.resolve("monitoring"), ROOT.resolve("ingress"))) {
      var listed = new TreeSet<String>();
      read(folder.resolve("kustomization.yaml"))
          .getAsJsonArray("resources")
          .forEach(it -> listed.add(it.getAsString()));
      var present = new TreeSet<String>();
      for (Path file : manifests()) {
        if (folder.equals(file.getParent())) {
          present.add(file.getFileName().toString());
        }
      }
      listed.removeIf(it -> it.startsWith("../"));
      assertEquals(present, listed);
    }
  }

  @Test
  void aPodOutlivesItsDrainAndRunsWithoutPrivileges() throws IOException {
    JsonObject pod =
        read(ROOT.resolve("statefulset.yaml"))
            .getAsJsonObject("spec")
            .getAsJsonObject("template")
            .getAsJsonObject("spec");
    assertTrue(pod.get("terminationGracePeriodSeconds").getAsInt() > 5 + 30 + 5);
    assertEquals(65534, pod.getAsJsonObject("securityContext").get("runAsUser").getAsInt());
    JsonObject security =
        pod.getAsJsonArray("containers")
            .get(0)
            .getAsJsonObject()
            .getAsJsonObject("securityContext");
    assertTrue(security.get("readOnlyRootFilesystem").getAsBoolean());
    assertEquals("[\"ALL\"]", security.getAsJsonObject("capabilities").get("drop").toString());
  }

  @Test
  void theConfigurationsOfManifestsAndComposeLoad() {
    Map<String, String> environment =
        Map.of(
            "ANTHROPIC_API_KEY", "key",
            "CLUSTER_SECRET", "a secret of the cluster",
            "MANAGEMENT_TOKEN", "token",
            "POD_IP", "10.0.0.1");
    for (Path file : List.of(ROOT.resolve("config.yaml"), Path.of("conf/ha/compose-node.yaml"))) {
      var result = ConfigLoader.load(file, environment::get);
      assertTrue(result instanceof ConfigResult.Loaded, () -> file + ": " + result);
    }
  }

  @Test
  @SuppressWarnings("unchecked")
  void theComposeFileRunsThreeRelaysOfOneConfiguration() throws IOException {
    var services =
        (Map<String, Map<String, Object>>)
            load(Path.of("conf/ha/docker-compose.yaml")).get("services");
    assertEquals(Set.of("cc-relay-1", "cc-relay-2", "cc-relay-3"), services.keySet());
    var ports = new TreeSet<String>();
    services.values().forEach(it -> ports.add(it.get("ports").toString()));
    assertEquals(3, ports.size());
  }

  private static List<Path> manifests() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return new ArrayList<>(
          files
              .filter(it -> it.toString().endsWith(".yaml"))
              .filter(it -> !it.endsWith("kustomization.yaml") && !it.endsWith("config.yaml"))
              .sorted()
              .toList());
    }
  }

  private static JsonObject read(Path file) throws IOException {
    return new Gson().toJsonTree(load(file)).getAsJsonObject();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> load(Path file) throws IOException {
    var settings = LoadSettings.builder().setAllowDuplicateKeys(false).build();
    return (Map<String, Object>) new Load(settings).loadFromString(Files.readString(file));
  }
}
