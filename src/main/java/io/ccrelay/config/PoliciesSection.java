package io.ccrelay.config;

import io.ccrelay.policy.ApiEntity;
import io.ccrelay.policy.BackendEntity;
import io.ccrelay.policy.GatewayOptions;
import io.ccrelay.policy.NamedValue;
import io.ccrelay.policy.PolicyException;
import io.ccrelay.policy.PolicyProblem;
import io.ccrelay.policy.PolicySet;
import io.ccrelay.policy.PolicyText;
import io.ccrelay.policy.PolicyWarning;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code policies}: the entities that policy documents refer to, and the documents. What is
 * wrong inside a document is reported with the document's name, line and column.
 */
final class PoliciesSection {

  private static final Pattern NAME = Pattern.compile("[\\w.-]{1,256}");
  private static final Pattern DESTINATION =
      Pattern.compile("(private:)?(\\*\\.)?[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?");
  private static final Map<String, Boolean> UNKNOWN = Map.of("error", false, "warn", true);

  private final Section section;
  private final List<ApiEntity> apis;
  private final PolicyFiles files;
  private final UnaryOperator<@Nullable String> environment;

  private PoliciesSection(
      Section section,
      List<ApiEntity> apis,
      PolicyFiles files,
      UnaryOperator<@Nullable String> environment) {
    this.section = section;
    this.apis = apis;
    this.files = files;
    this.environment = environment;
  }

  /** The documents that apply to {@code apis}; {@link PolicySet#NONE} if they are wrong. */
  static PolicySet read(
      Section section,
      List<ApiEntity> apis,
      PolicyFiles files,
      UnaryOperator<@Nullable String> environment,
      Problems problems) {
    GatewayOptions options = new PoliciesSection(section, apis, files, environment).options();
    section.finish(UnknownKeys.REFUSED);
    try {
      PolicySet policies = PolicySet.of(options);
      policies.warnings().forEach(warning -> problems.warning(problem(warning)));
      return policies;
    } catch (PolicyException e) {
      e.problems().forEach(problem -> problems.error(problem(problem)));
      return PolicySet.NONE;
    }
  }

  private static Problem problem(PolicyProblem problem) {
    return new Problem(problem.document(), problem.line(), problem.column(), "", problem.message());
  }

  private static Problem problem(PolicyWarning warning) {
    return new Problem(warning.document(), warning.line(), warning.column(), "", warning.message());
  }

  private GatewayOptions options() {
    var products = ProductsSection.read(section, apis, files);
    return new GatewayOptions(
        section.text("service", GatewayOptions.NONE.service()),
        files.document(section, "global"),
        apis,
        products,
        SubscriptionsSection.read(section, products, apis),
        namedValues(section.section("named_values")),
        fragments(section.section("fragments")),
        backends(section.section("backends")),
        destinations(),
        section.choice("unknown_policies", false, UNKNOWN),
        ProfileSection.read(section.section("profile")),
        IdentitySection.read(section.section("identity")),
        ExternalCacheSection.id(section),
        CertificatesSection.read(section.section("certificates"), files));
  }

  private List<String> destinations() {
    List<String> listed = section.texts("destinations");
    for (String one : listed) {
      if (!DESTINATION.matcher(one).matches()) {
        section.problem("destinations", "must be host, *.domain or either with :port");
      }
    }
    return listed.stream().filter(one -> DESTINATION.matcher(one).matches()).toList();
  }

  private Map<String, NamedValue> namedValues(Section values) {
    var all = new LinkedHashMap<String, NamedValue>();
    for (String name : values.keys()) {
      if (!NAME.matcher(name).matches()) {
        values.problem(name, "is no name (expected: letters, digits, - _ and .)");
      }
      all.put(name, namedValue(values, name));
    }
    return all;
  }

  private NamedValue namedValue(Section values, String name) {
    if (values.isScalar(name)) {
      return new NamedValue(values.text(name).orElse(""), false);
    }
    var source = values.section(name);
    var value = new NamedValue(value(source), source.flag("secret", !source.has("value")));
    source.finish(UnknownKeys.REFUSED);
    return value;
  }

  private String value(Section source) {
    Optional<String> plain = source.text("value");
    String variable = source.text("env", "");
    boolean fromFile = source.has("file");
    int sources = (plain.isPresent() ? 1 : 0) + (variable.isEmpty() ? 0 : 1) + (fromFile ? 1 : 0);
    if (sources != 1) {
      source.problem("value", "needs one of value, env and file");
    }
    if (!variable.isEmpty()) {
      String found = environment.apply(variable);
      if (found == null) {
        source.problem("env", "environment variable " + Shown.key(variable) + " is not set");
      }
      return found == null ? "" : found;
    }
    return fromFile ? files.line(source, "file").orElse("") : plain.orElse("");
  }

  private Map<String, PolicyText> fragments(Section listed) {
    var all = new LinkedHashMap<String, PolicyText>();
    for (String id : listed.keys()) {
      files.document(listed, id).ifPresent(text -> all.put(id, text));
    }
    return all;
  }

  private Map<String, BackendEntity> backends(Section listed) {
    var all = new LinkedHashMap<String, BackendEntity>();
    for (String id : listed.keys()) {
      if (listed.isScalar(id)) {
        all.put(id, new BackendEntity(id, url(listed, id), Map.of()));
      } else {
        var backend = listed.section(id);
        all.put(id, new BackendEntity(id, url(backend, "url"), backend.textMap("headers")));
        backend.finish(UnknownKeys.REFUSED);
      }
    }
    return all;
  }

  private static String url(Section section, String key) {
    String url = section.text(key, "");
    if (!ApisSection.BACKEND.matcher(url).matches()) {
      section.problem(
          key, "must be http:// or https:// with a host, without user, query or fragment");
      return "http://invalid.invalid";
    }
    return url.replaceAll("/+$", "");
  }
}
