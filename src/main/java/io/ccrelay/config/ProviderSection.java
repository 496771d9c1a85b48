package io.ccrelay.config;

import io.ccrelay.upstream.ProviderOptions;
import io.ccrelay.upstream.ProviderOptions.Cloud;
import io.ccrelay.upstream.ProviderOptions.KeyOptions;
import io.ccrelay.upstream.ProviderOptions.Pooling;
import io.ccrelay.upstream.ProviderType;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads one of {@code providers}. What only matters when it serves is checked only if enabled. */
final class ProviderSection {

  static final String DEFAULT_POOLING = "least_loaded";

  private static final List<String> POOLING =
      List.of(DEFAULT_POOLING, "round_robin", "random", "weighted");

  /** Scheme, host, port and path; neither credentials nor a query. */
  private static final Pattern BASE_URL =
      Pattern.compile(
          "(?i)https?://(?:[a-z0-9._-]+|\\[[0-9a-f:.]+\\])(?::[0-9]{1,5})?(?:/[^?#@\\s]*)?");

  private final Section section;
  private final ProviderType type;
  private final boolean enabled;

  private ProviderSection(Section section, ProviderType type, boolean enabled) {
    this.section = section;
    this.type = type;
    this.enabled = enabled;
  }

  static ProviderOptions read(Section section, String name) {
    return new ProviderSection(section, type(section), enabled(section)).options(name);
  }

  private ProviderOptions options(String name) {
    var listed = section.texts("models");
    var keys = section.sections("keys").stream().map(key -> KeySection.read(key, type, enabled));
    var keyList = keys.toList();
    var cloud = cloud();
    var options =
        new ProviderOptions(
            name,
            type,
            enabled,
            baseUrl(cloud),
            listed.isEmpty() ? type.defaultModels() : listed,
            section.textMap("model_mapping"),
            keyList,
            pooling(keyList),
            cloud);
    section.withoutEffect("aws_access_key_id", "aws_secret_access_key", "azure_deployment_id");
    section.finish(UnknownKeys.IGNORED);
    return options;
  }

  private static ProviderType type(Section section) {
    String name = section.text("type", "");
    if (name.isEmpty()) {
      section.problem("type", "is required (expected: " + types() + ")");
    }
    var type = ProviderType.named(name);
    if (type.isEmpty() && !name.isEmpty()) {
      section.problem(
          "type", "unknown value " + Shown.value(name) + " (expected: " + types() + ")");
    }
    return type.orElse(ProviderType.ANTHROPIC);
  }

  private static String types() {
    return Stream.of(ProviderType.values())
        .map(ProviderType::configName)
        .collect(Collectors.joining(", "));
  }

  private static boolean enabled(Section section) {
    var enabled = section.flag("enabled");
    if (!section.has("enabled")) {
      section.warning("enabled", "is absent, so this provider does not serve");
    }
    return enabled.orElse(false);
  }

  private String baseUrl(Cloud cloud) {
    String given = section.text("base_url", "");
    String effective = given.isEmpty() || !type.served() ? defaultBaseUrl(cloud) : given;
    if (enabled && type.served() && !BASE_URL.matcher(effective).matches()) {
      section.problem(
          "base_url", "must be http:// or https:// with a host, without user, query or fragment");
    }
    return effective.replaceAll("/+$", "");
  }

  private String defaultBaseUrl(Cloud cloud) {
    return switch (type) {
      case BEDROCK -> "https://bedrock-runtime." + cloud.awsRegion() + ".amazonaws.com";
      case VERTEX -> "https://" + cloud.gcpRegion() + "-aiplatform.googleapis.com";
      case AZURE -> "https://" + cloud.azureResourceName() + ".services.ai.azure.com";
      case ANTHROPIC, ZAI, MINIMAX, OLLAMA, OPENAI -> type.defaultBaseUrl();
    };
  }

  private Pooling pooling(List<KeyOptions> keys) {
    var pooling = section.section("pooling");
    var wanted = pooling.flag("enabled");
    String strategy = pooling.choice("strategy", DEFAULT_POOLING, POOLING);
    pooling.finish(UnknownKeys.IGNORED);
    if (enabled && wanted.orElse(false) && keys.isEmpty()) {
      pooling.problem("enabled", "is true, but there are no keys");
    }
    if (keys.size() > 1 && !wanted.orElse(true)) {
      pooling.warning("enabled", "has no effect: more than one key is always pooled");
    }
    return new Pooling(keys.size() > 1 || wanted.orElse(false), strategy);
  }

  private Cloud cloud() {
    var cloud =
        new Cloud(
            section.text("aws_region", ""),
            section.text("gcp_project_id", ""),
            section.text("gcp_region", ""),
            section.text("azure_resource_name", ""),
            section.text("azure_api_version", Cloud.NONE.azureApiVersion()));
    if (enabled && !type.served()) {
      required().stream().filter(key -> section.text(key, "").isEmpty()).forEach(this::missing);
      section.warning("type", "this version does not forward to " + type.configName() + " yet");
    }
    return cloud;
  }

  private void missing(String key) {
    section.problem(key, "is required by type " + type.configName() + section.becauseUnset(key));
  }

  private List<String> required() {
    return switch (type) {
      case BEDROCK -> List.of("aws_region");
      case VERTEX -> List.of("gcp_project_id", "gcp_region");
      case AZURE -> List.of("azure_resource_name");
      case ANTHROPIC, ZAI, MINIMAX, OLLAMA, OPENAI -> List.of();
    };
  }
}
