package io.ccrelay.config;

import static io.ccrelay.config.Configs.loaded;
import static io.ccrelay.config.Configs.problem;
import static io.ccrelay.config.Configs.problems;
import static io.ccrelay.config.Configs.warnings;
import static io.ccrelay.config.Configs.yaml;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.cache.RedisOptions;
import io.ccrelay.policy.Admission;
import io.ccrelay.policy.GatewayOptions;
import io.ccrelay.policy.KeyNames;
import io.ccrelay.policy.NamedValue;
import io.ccrelay.policy.OperationEntity.Sample;
import io.ccrelay.policy.Profile;
import io.ccrelay.policy.Section;
import io.ccrelay.testing.Certificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The section {@code policies}, and what {@code apis} says for it. */
class PoliciesSectionTest {

  private static final String API = "apis: [{name: shop, path: /shop, backend: 'http://b/x'}]\n";

  @TempDir private Path directory;

  private String file(String name, String content) throws IOException {
    return Files.writeString(directory.resolve(name), content).toString();
  }

  private static GatewayOptions options(String text) {
    return loaded(yaml(text)).policies().options();
  }

  @Test
  void withoutTheSectionNothingIsUnderPolicies() {
    var policies = loaded(yaml(API)).policies();
    assertFalse(policies.options().any());
    assertTrue(policies.api("shop").isEmpty());
    assertEquals(Optional.empty(), loaded(yaml(API)).externalCache());
  }

  @Test
  void certificatesAreReadWithTheirKeysAndTheExternalCacheHasAName() throws Exception {
    var own = Certificates.make(directory, "own");
    var other = Certificates.make(directory, "other");
    String certificate = file("own.pem", own.certificate());
    String key = file("own.key", own.key());
    String section = "policies: {certificates: {own: {certificate: '%s'%s}}}\n";

    var options =
        options(
            section
                .formatted(certificate, ", key: '" + key + "'")
                .replace(
                    "policies: {", "policies: {external_cache: {endpoints: 'h:1', id: near}, "));

    assertEquals("CN=own", options.certificates().get("own").first().subject());
    assertEquals(Optional.of(own.key()), options.certificates().get("own").keyPem());
    assertEquals(Optional.of("near"), options.externalCache());
    String foreign = file("other.key", other.key());
    assertTrue(
        problem(yaml(section.formatted(certificate, ", key: '" + foreign + "'")))
            .contains("is not that of the certificate"));
    assertTrue(
        problem(yaml(section.formatted(key, ""))).contains("holds no certificate (expected: PEM)"));
  }

  @Test
  void anApiBringsItsOperationsAndDocuments() throws IOException {
    String policy =
        file(
            "api.xml",
            "<policies><inbound><base/><set-method>PUT</set-method></inbound></policies>");
    String own =
        file(
            "op.xml",
            "<policies><inbound><rewrite-uri template=\"/y\"/><base/></inbound></policies>");
    var config =
        loaded(
            yaml(
                "apis: [{name: shop, id: s1, revision: 7, path: /shop, backend: 'http://b/x',"
                    + " policy: '"
                    + policy
                    + "', subscription_key: {header: X-Key, query: k},"
                    + " operations: [{id: get, name: Get it, method: GET, url: '/items/{id}', policy: '"
                    + own
                    + "'}, {id: any, method: '*', url: '/*', samples: [{status: 404, body: none}]}]}]"));
    var api = config.policies().api("shop").orElseThrow();
    assertEquals("s1", api.entity().id());
    assertEquals("7", api.entity().revision());
    assertEquals("http://b/x", api.entity().serviceUrl());
    assertEquals(new KeyNames("X-Key", "k"), api.entity().keyNames());
    var found = api.operation("GET", "/shop/items/5", "").orElseThrow();
    assertEquals("get", found.operation().orElseThrow().id());
    assertEquals("5", found.parameters().get("ID"));
    var admitted = assertInstanceOf(Admission.Admitted.class, api.admit(found, Optional.empty()));
    assertEquals(2, admitted.policy().section(Section.INBOUND).size());
    assertEquals(
        List.of(new Sample(404, "application/json", "none")),
        api.entity().operations().getLast().samples());
    assertEquals(
        "any",
        api.operation("POST", "/shop/items/5", "").orElseThrow().operation().orElseThrow().id());
  }

  @Test
  void namedValuesArePlainOrFromTheEnvironmentOrFromAFile() throws IOException {
    String secret = file("secret", "s3cret\n");
    var result =
        yaml(
            "policies: {named_values: {plain: 60, open: {value: x}, shut: {value: y, secret: true},"
                + " env: {env: TOKEN}, file: {file: '"
                + secret
                + "'}}}",
            Map.of("TOKEN", "t0ken"));
    assertEquals(
        Map.of(
            "plain", new NamedValue("60", false),
            "open", new NamedValue("x", false),
            "shut", new NamedValue("y", true),
            "env", new NamedValue("t0ken", true),
            "file", new NamedValue("s3cret", true)),
        loaded(result).policies().options().namedValues());
    assertFalse(loaded(result).policies().options().toString().contains("t0ken"));
  }

  @Test
  void productsAndSubscriptionsAreRead() throws IOException {
    String policy =
        file(
            "p.xml",
            "<policies><inbound><quota calls=\"5\" renewal-period=\"60\"/></inbound></policies>");
    var options =
        options(
            API
                + "policies: {products: [{id: gold, name: Gold, apis: [shop], groups: [g],"
                + " subscription_required: false, policy: '"
                + policy
                + "'}],"
                + " subscriptions: [{id: one, name: One, keys: [k1, k2], product: gold,"
                + " start: '2026-01-01T00:00:00Z', user: {id: u, email: e, first_name: f,"
                + " last_name: l, groups: [a, b]}}, {id: two, keys: k3, api: shop, user: w}]}");
    var product = options.products().getFirst();
    assertEquals("Gold", product.name());
    assertEquals(List.of("shop"), product.apis());
    assertEquals(Set.of("g"), product.groups());
    assertFalse(product.subscriptionRequired());
    assertTrue(product.policy().isPresent());
    var one = options.subscriptions().getFirst();
    assertEquals(List.of("k1", "k2"), one.keys());
    assertEquals(Optional.of("gold"), one.product());
    assertEquals(Optional.of(Instant.parse("2026-01-01T00:00:00Z")), one.start());
    assertEquals(Set.of("a", "b"), one.user().orElseThrow().groups());
    assertEquals(Optional.of("shop"), options.subscriptions().get(1).api());
    assertEquals("w", options.subscriptions().get(1).user().orElseThrow().id());
  }

  @Test
  void backendsFragmentsProfileAndServiceAreRead() throws IOException {
    String fragment = file("f.xml", "<fragment><set-method>GET</set-method></fragment>");
    var options =
        options(
            "policies: {service: contoso, unknown_policies: warn, fragments: {f: '"
                + fragment
                + "'},"
                + " backends: {a: 'https://a.example/', b: {url: 'http://b', headers: {X-Key: v}}},"
                + " profile: {query_key: declared, missing_variable: throw,"
                + " rate_limit_without_subscription: anonymous, honour_request_cache_control: true,"
                + " respect_backend_cache_control: true, internal_cache: cluster, methods: [GET, HEAD]}}");
    assertEquals("contoso", options.service());
    assertTrue(options.skipUnknownPolicies());
    assertEquals(Set.of("f"), options.fragments().keySet());
    assertEquals("https://a.example", options.backends().get("a").url());
    assertEquals(Map.of("X-Key", "v"), options.backends().get("b").headers());
    assertEquals(
        new Profile(
            Profile.QueryKey.DECLARED,
            Profile.MissingVariable.THROW,
            Profile.AnonymousRate.ANONYMOUS,
            true,
            true,
            Profile.InternalCache.CLUSTER,
            Set.of(Profile.CachedMethod.GET, Profile.CachedMethod.HEAD)),
        options.profile());
  }

  @Test
  void theExternalCacheIsRead() {
    var cache =
        loaded(
                yaml(
                    "policies: {external_cache: {kind: sentinel, endpoints: ['a:1', 'b:2'],"
                        + " master_name: m, user: u, password: p, tls: true,"
                        + " certificate_authority: ca.pem, prefix: 'x:', connections: 2, waiting: 3,"
                        + " deadline: 20ms}}"))
            .externalCache()
            .orElseThrow();
    assertEquals(
        new RedisOptions(
            RedisOptions.Kind.SENTINEL,
            List.of("a:1", "b:2"),
            "m",
            "u",
            "p",
            true,
            "ca.pem",
            "x:",
            2,
            3,
            Duration.ofMillis(20)),
        cache);
  }

  @Test
  void problemsOfADocumentNameItsFileAndLine() throws IOException {
    String global =
        file("g.xml", "<policies>\n  <inbound>\n    <set-hedder/>\n  </inbound>\n</policies>");
    assertEquals(
        global + ":3:5: unknown policy \"set-hedder\" (did you mean set-header?)",
        problem(yaml("policies: {global: '" + global + "'}\n" + API)));
  }

  @Test
  void lintsOfADocumentAreWarnings() throws IOException {
    String global =
        file(
            "g.xml",
            "<policies><inbound><cache-lookup vary-by-developer='false'"
                + " vary-by-developer-groups='false'/><rate-limit-by-key calls='1'"
                + " renewal-period='1' counter-key='x'/></inbound></policies>");
    assertEquals(
        List.of(
            global
                + ":1:20: cache-lookup[1]: nothing is stored for it: cache-store is missing"
                + " [lookup-without-store]"),
        warnings(yaml("policies: {global: '" + global + "'}\n" + API)));
  }

  @Test
  void severalBrokenDocumentsAreReportedTogether() throws IOException {
    String one = file("1.xml", "<policies><inbound><nope/></inbound></policies>");
    String two = file("2.xml", "<policies><!DOCTYPE x></policies>");
    var problems =
        problems(
            yaml(
                "apis: [{name: a, path: /a, backend: 'http://b', policy: '"
                    + one
                    + "'},"
                    + " {name: b, path: /b, backend: 'http://b', policy: '"
                    + two
                    + "'}]"));
    assertEquals(2, problems.size(), problems::toString);
    assertTrue(problems.get(0).startsWith(one + ":1:20: "), problems::toString);
    assertTrue(problems.get(1).startsWith(two + ":1:11: "), problems::toString);
  }

  @Test
  void relativeNamesAreBelowTheConfiguration() throws IOException {
    file("g.xml", "<policies/>");
    String text = "policies: {global: g.xml}\n" + API;
    var result = ConfigLoader.parse(directory.resolve("c.yaml").toString(), text, name -> null);
    assertTrue(loaded(result).policies().api("shop").isPresent());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "policies: {globl: x} | policies.globl: unknown key (did you mean global?)",
        "policies: {global: /nowhere} | the file /nowhere does not exist",
        "policies: {named_values: {a: {env: UNSET}}} | environment variable UNSET is not set",
        "policies: {named_values: {a: {env: A, value: b}}} | needs one of value, env and file",
        "policies: {named_values: {'a b': c}} | is no name",
        "policies: {products: [{name: x}]} | id: is required",
        "policies: {products: [{id: a, apis: [b]}]} | is the id of no API",
        "policies: {products: [{id: a}, {id: a}]} | is the id of another product",
        "policies: {subscriptions: [{id: a}]} | keys: are required",
        "policies: {subscriptions: [{id: a, keys: [x]}, {id: b, keys: [x]}]} | must differ",
        "policies: {subscriptions: [{id: a, keys: x, product: b}]} | is the id of no product",
        "policies: {subscriptions: [{id: a, keys: x, start: soon}]} | is no time",
        "policies: {backends: {a: 'ftp://x'}} | must be http",
        "policies: {profile: {query_key: some}} | unknown value",
        "policies: {profile: {methods: [PUT]}} | expected: GET, HEAD, POST",
        "policies: {unknown_policies: maybe} | unknown value",
        "policies: {external_cache: {endpoints: nowhere}} | must be host:port",
        "policies: {external_cache: {}} | endpoints: is required"
      })
  void whatIsWrongIsNamedWithItsPlace(String text, String message) {
    String problem = problem(yaml(text, Map.of("A", "x")));
    assertTrue(problem.contains(message), problem);
  }
}
