package io.ccrelay.config;

import io.ccrelay.policy.ApiEntity;
import io.ccrelay.policy.KeyNames;
import io.ccrelay.policy.OperationEntity;
import io.ccrelay.policy.OperationEntity.Sample;
import io.ccrelay.policy.PolicyText;
import io.ccrelay.policy.UrlTemplate;
import io.ccrelay.proxy.ApiOptions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads what policy documents need to know of an entry of {@code apis}. */
final class OperationsSection {

  private static final Pattern METHOD = Pattern.compile("[A-Z][A-Z-]*|\\*");

  private OperationsSection() {}

  static ApiEntity read(Section entry, ApiOptions api, PolicyFiles files) {
    var keys = entry.section("subscription_key");
    var names =
        new KeyNames(
            keys.text("header", KeyNames.DEFAULTS.header()),
            keys.text("query", KeyNames.DEFAULTS.query()));
    keys.finish(UnknownKeys.REFUSED);
    Optional<PolicyText> policy = files.document(entry, "policy");
    var entity =
        new ApiEntity(
            entry.text("id", api.name()),
            api.name(),
            entry.text("revision", "1"),
            api.path(),
            api.backends().isEmpty() ? "" : api.backends().getFirst(),
            operations(entry, files),
            policy,
            entry.flag("subscription_required", false),
            names);
    if (api.cache().isPresent() && policy.isPresent()) {
      entry.problem(
          "http_cache", "stands beside policy (expected: one of both says what is cached)");
    }
    return entity;
  }

  private static List<OperationEntity> operations(Section entry, PolicyFiles files) {
    var operations = new ArrayList<OperationEntity>();
    var ids = new HashSet<String>();
    for (Section section : entry.sections("operations")) {
      OperationEntity operation = operation(section, files);
      if (!ids.add(operation.id())) {
        section.problem("id", Shown.value(operation.id()) + " is the id of another operation");
      }
      operations.add(operation);
      section.finish(UnknownKeys.REFUSED);
    }
    return operations;
  }

  private static OperationEntity operation(Section section, PolicyFiles files) {
    String method = section.text("method", "GET");
    if (!METHOD.matcher(method).matches()) {
      section.problem("method", "must be such as GET, or * for any");
    }
    String id = section.text("id", "");
    if (id.isEmpty()) {
      section.problem("id", "is required");
    }
    return new OperationEntity(
        id,
        section.text("name", id),
        method,
        template(section),
        files.document(section, "policy"),
        samples(section));
  }

  private static List<Sample> samples(Section operation) {
    var samples = new ArrayList<Sample>();
    for (Section section : operation.sections("samples")) {
      samples.add(
          new Sample(
              (int) section.whole("status", 200, 200, 599),
              section.text("type", "application/json"),
              section.text("body", "")));
      section.finish(UnknownKeys.REFUSED);
    }
    return samples;
  }

  private static String template(Section section) {
    String template = section.text("url", "/");
    try {
      var _ = UrlTemplate.parse(template);
      return template;
    } catch (IllegalArgumentException e) {
      section.problem("url", String.valueOf(e.getMessage()));
      return "/";
    }
  }
}
