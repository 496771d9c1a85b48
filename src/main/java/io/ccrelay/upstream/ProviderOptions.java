package io.ccrelay.upstream;

import java.util.List;
import java.util.Map;

/**
 * One entry of {@code providers}.
 *
 * @param name unique name
 * @param type kind of service
 * @param enabled whether it serves; absent in the file means false
 * @param baseUrl effective base URL, the type's default filled in, without a trailing slash
 * @param models model ids to list
 * @param modelMapping exact-match rewrite of the model that a body names
 * @param keys credentials
 * @param pooling how one of several keys is chosen
 * @param cloud settings of cloud platforms
 */
public record ProviderOptions(
    String name,
    ProviderType type,
    boolean enabled,
    String baseUrl,
    List<String> models,
    Map<String, String> modelMapping,
    List<KeyOptions> keys,
    Pooling pooling,
    Cloud cloud) {

  /** Makes the collections immutable. */
  public ProviderOptions {
    models = List.copyOf(models);
    modelMapping = Map.copyOf(modelMapping);
    keys = List.copyOf(keys);
  }

  /** The model name the upstream gets for the name a client used. */
  public String mapped(String model) {
    return modelMapping.getOrDefault(model, model);
  }

  @Override
  public String toString() {
    return "ProviderOptions(" + name + ", " + type + ", " + keys.size() + " keys)";
  }

  /**
   * One entry of {@code providers[].keys}.
   *
   * @param key the secret; empty: the client's own credential passes through
   * @param rpmLimit requests a minute, 0 = unlimited
   * @param itpmLimit input tokens a minute, 0 = unlimited
   * @param otpmLimit output tokens a minute, 0 = unlimited
   * @param priority 0 to 2
   * @param weight at least 0
   */
  public record KeyOptions(
      String key, int rpmLimit, int itpmLimit, int otpmLimit, int priority, int weight) {

    @Override
    public String toString() {
      return "KeyOptions(***)";
    }
  }

  /**
   * {@code providers[].pooling}.
   *
   * @param enabled whether keys are pooled
   * @param strategy name of the selection strategy
   */
  public record Pooling(boolean enabled, String strategy) {}

  /**
   * Settings of cloud platforms, empty where not given.
   *
   * @param awsRegion Bedrock
   * @param gcpProjectId Vertex
   * @param gcpRegion Vertex
   * @param azureResourceName Azure
   * @param azureApiVersion Azure
   */
  public record Cloud(
      String awsRegion,
      String gcpProjectId,
      String gcpRegion,
      String azureResourceName,
      String azureApiVersion) {

    /** Nothing given. */
    public static final Cloud NONE = new Cloud("", "", "", "", "2024-06-01");
  }
}
