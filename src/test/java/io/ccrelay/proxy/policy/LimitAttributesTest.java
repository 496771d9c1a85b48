package io.ccrelay.proxy.policy;

import static io.ccrelay.proxy.policy.AttributeCase.ALICE;
import static io.ccrelay.proxy.policy.AttributeCase.attribute;
import static io.ccrelay.proxy.policy.AttributeCase.noting;
import static io.ccrelay.proxy.policy.AttributeCase.saying;
import static io.ccrelay.proxy.policy.AttributeCase.statuses;
import static io.ccrelay.proxy.policy.PolicyRelay.field;

import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every attribute of the statements that limit calls. */
class LimitAttributesTest {

  private static final String LEFT = "context.Variables.GetValueOrDefault<int>(\"n\", -1) + \"\"";

  static Stream<AttributeCase> cases() {
    return Stream.of(
            names("rate-limit", "calls=\"2\" renewal-period=\"60\""),
            names("rate-limit-by-key", "calls=\"2\" renewal-period=\"60\" counter-key=\"k\""),
            rates(),
            inner("rate-limit", "calls=\"9\" renewal-period=\"60\"", "429"),
            ratesByKey(),
            quotas(),
            inner("quota", "calls=\"9\" renewal-period=\"60\"", "403"),
            innerBandwidth(),
            quotasByKey(),
            lanes())
        .flatMap(all -> all);
  }

  @TestFactory
  Stream<DynamicTest> everyAttributeDoesWhatItSays() {
    return cases().map(AttributeCase::test);
  }

  /** The names of headers and variables that both kinds of rates have. */
  private static Stream<AttributeCase> names(String policy, String required) {
    String statement = "<" + policy + " " + required + " %s=\"%s\" />";
    return Stream.of(
        attribute(policy + " @retry-after-header-name")
            .inbound(statement.formatted("retry-after-header-name", "X-Wait"))
            .sees(
                "60 ",
                relay -> {
                  statuses(relay, 2, ALICE);
                  var refused = relay.get("/", ALICE);
                  return field(refused, "X-Wait") + " " + field(refused, "Retry-After");
                }),
        attribute(policy + " @retry-after-variable-name")
            .inbound(statement.formatted("retry-after-variable-name", "n"))
            .onError(noting(LEFT))
            .sees(
                "60",
                relay -> {
                  statuses(relay, 2, ALICE);
                  return field(relay.get("/", ALICE), "X-Note");
                }),
        attribute(policy + " @remaining-calls-header-name")
            .inbound(statement.formatted("remaining-calls-header-name", "X-Left"))
            .sees("1", relay -> field(relay.get("/", ALICE), "X-Left")),
        attribute(policy + " @remaining-calls-variable-name")
            .inbound(statement.formatted("remaining-calls-variable-name", "n") + saying(LEFT))
            .sees("1", relay -> relay.get("/", ALICE).body()),
        attribute(policy + " @total-calls-header-name")
            .inbound(statement.formatted("total-calls-header-name", "X-Total"))
            .sees(
                "2 2",
                relay -> {
                  String first = field(relay.get("/", ALICE), "X-Total");
                  statuses(relay, 1, ALICE);
                  return first + " " + field(relay.get("/", ALICE), "X-Total");
                }));
  }

  private static Stream<AttributeCase> rates() {
    return Stream.of(
        attribute("rate-limit @calls")
            .inbound("<rate-limit calls=\"1\" renewal-period=\"60\" />")
            .sees("200 429", relay -> statuses(relay, 2, ALICE)),
        attribute("rate-limit @renewal-period")
            .inbound("<rate-limit calls=\"1\" renewal-period=\"7\" />")
            .sees(
                "200 429 200",
                relay -> {
                  String before = statuses(relay, 2, ALICE);
                  relay.wait(7);
                  return before + " " + statuses(relay, 1, ALICE);
                }));
  }

  /** The limits inside one of {@code policy}: by name and by id, each with its own period. */
  private static Stream<AttributeCase> inner(String policy, String outer, String refused) {
    String open = "<" + policy + " " + outer + ">";
    String close = "</" + policy + ">";
    String api = open + "<api %s=\"web\" calls=\"1\" renewal-period=\"30\" />" + close;
    String operation =
        open
            + "<api id=\"web\" calls=\"9\" renewal-period=\"60\"><operation %s=\"one\" calls=\"1\" renewal-period=\"30\" /></api>"
            + close;
    String renewed = "200 " + refused + " 200";
    return Stream.of(
        attribute(policy + " api")
            .inbound(api.formatted("id") + api.formatted("id").replace("web", "other"))
            .ofProduct()
            .sees("200 " + refused, relay -> statuses(relay, 2, ALICE)),
        attribute(policy + " api/@id")
            .inbound(api.formatted("id"))
            .ofProduct()
            .sees(renewed, thirty("/")),
        attribute(policy + " api/@name")
            .inbound(api.formatted("name"))
            .ofProduct()
            .sees(renewed, thirty("/")),
        attribute(policy + " api/@calls")
            .inbound(api.formatted("name"))
            .ofProduct()
            .sees(renewed, thirty("/")),
        attribute(policy + " api/@renewal-period")
            .inbound(api.formatted("name"))
            .ofProduct()
            .sees(renewed, thirty("/")),
        one(policy, "api/operation", operation.formatted("id"), renewed),
        one(policy, "api/operation/@id", operation.formatted("id"), renewed),
        one(policy, "api/operation/@name", operation.formatted("name"), renewed),
        one(policy, "api/operation/@calls", operation.formatted("name"), renewed),
        one(policy, "api/operation/@renewal-period", operation.formatted("name"), renewed));
  }

  private static AttributeCase one(String policy, String path, String statement, String expected) {
    return attribute(policy + " " + path)
        .inbound(statement)
        .ofProduct()
        .with(with -> with.operation("one", "GET", "/one").operation("two", "GET", "/two"))
        .sees(
            expected + " 200",
            relay -> thirty("/one").apply(relay) + " " + relay.get("/two", ALICE).statusCode());
  }

  /** One call, one too many, and one when the period is over. */
  private static Function<PolicyRelay, String> thirty(String path) {
    return relay -> {
      String before =
          relay.get(path, ALICE).statusCode() + " " + relay.get(path, ALICE).statusCode();
      relay.wait(30);
      return before + " " + relay.get(path, ALICE).statusCode();
    };
  }

  private static Stream<AttributeCase> ratesByKey() {
    String base = "<rate-limit-by-key calls=\"%s\" renewal-period=\"%s\" counter-key=\"%s\" %s />";
    return Stream.of(
        attribute("rate-limit-by-key @calls")
            .inbound(base.formatted("@(2)", "60", "k", ""))
            .sees("200 200 429", relay -> statuses(relay, 3)),
        attribute("rate-limit-by-key @renewal-period")
            .inbound(base.formatted("1", "@(7)", "k", ""))
            .sees(
                "200 429 200",
                relay -> {
                  String before = statuses(relay, 2);
                  relay.wait(7);
                  return before + " " + statuses(relay, 1);
                }),
        attribute("rate-limit-by-key @counter-key")
            .inbound(base.formatted("1", "60", "@(context.Request.Url.Path)", ""))
            .sees(
                "200 200 429",
                relay ->
                    statuses(relay, 1)
                        + " "
                        + relay.get("/b").statusCode()
                        + " "
                        + statuses(relay, 1)),
        attribute("rate-limit-by-key @increment-condition")
            .inbound(
                base.formatted(
                    "1",
                    "60",
                    "k",
                    "increment-condition=\"@(context.Response.StatusCode == 404)\""))
            .sees(
                "200 200 404 429",
                relay -> {
                  String before = statuses(relay, 2);
                  relay.backend.always(PolicyRelay.answer(404, "x"));
                  return before + " " + statuses(relay, 2);
                }),
        attribute("rate-limit-by-key @increment-condition")
            .inbound(base.formatted("1", "60", "k", "increment-condition=\"false\""))
            .sees("200 200 200", relay -> statuses(relay, 3)),
        attribute("rate-limit-by-key @increment-count")
            .inbound(base.formatted("4", "60", "k", "increment-count=\"2\""))
            .sees("200 200 429", relay -> statuses(relay, 3)),
        attribute("rate-limit-by-key @increment-after-response")
            .inbound(base.formatted("1", "60", "k", "increment-after-response=\"true\""))
            .sees("200 429", relay -> statuses(relay, 2)),
        attribute("rate-limit-by-key @flexible-retry-window")
            .inbound(base.formatted("1", "60", "k", "flexible-retry-window=\"true\""))
            .sees("200 429", relay -> statuses(relay, 2)));
  }

  private static Stream<AttributeCase> quotas() {
    return Stream.of(
        attribute("quota @calls")
            .inbound("<quota calls=\"1\" renewal-period=\"60\" />")
            .ofProduct()
            .sees("200 403", relay -> statuses(relay, 2, ALICE)),
        attribute("quota @bandwidth")
            .inbound("<quota bandwidth=\"1\" renewal-period=\"0\" />")
            .ofProduct()
            .sees("200 403", relay -> used(relay, ALICE)),
        attribute("quota @renewal-period")
            .inbound("<quota calls=\"1\" renewal-period=\"30\" />")
            .ofProduct()
            .sees("200 403 200", thirty("/")));
  }

  /** The status of a large answer, and that of the call after it was counted. */
  private static String used(PolicyRelay relay, String... headers) {
    relay.answers("x".repeat(2000));
    int first = relay.get("/", headers).statusCode();
    io.ccrelay.testing.Waiting.until(
        () -> relay.get("/", headers).statusCode() != 200, "the quota is used");
    return first + " " + relay.get("/", headers).statusCode();
  }

  private static Stream<AttributeCase> innerBandwidth() {
    return Stream.of(
        attribute("quota api/@bandwidth")
            .inbound(
                "<quota calls=\"99999\" renewal-period=\"0\"><api id=\"web\" bandwidth=\"1\" renewal-period=\"0\" /></quota>")
            .ofProduct()
            .sees("200 403", relay -> used(relay, ALICE)),
        attribute("quota api/operation/@bandwidth")
            .inbound(
                "<quota calls=\"99999\" renewal-period=\"0\"><api id=\"web\" calls=\"99999\" renewal-period=\"0\"><operation id=\"one\" bandwidth=\"1\" renewal-period=\"0\" /></api></quota>")
            .ofProduct()
            .with(with -> with.operation("one", "GET", "/"))
            .sees("200 403", relay -> used(relay, ALICE)));
  }

  private static Stream<AttributeCase> quotasByKey() {
    String base = "<quota-by-key %s renewal-period=\"%s\" counter-key=\"%s\" %s />";
    String calls = "calls=\"@(1)\"";
    return Stream.of(
        attribute("quota-by-key @calls")
            .inbound(base.formatted(calls, "300", "k", ""))
            .sees("200 403", relay -> statuses(relay, 2)),
        attribute("quota-by-key @bandwidth")
            .inbound(base.formatted("bandwidth=\"1\"", "0", "k", ""))
            .sees("200 403", relay -> used(relay)),
        attribute("quota-by-key @renewal-period")
            .inbound(base.formatted(calls, "300", "k", ""))
            .sees(
                "200 403 200",
                relay -> {
                  String before = statuses(relay, 2);
                  relay.wait(300);
                  return before + " " + statuses(relay, 1);
                }),
        attribute("quota-by-key @counter-key")
            .inbound(base.formatted(calls, "300", "@(context.Request.Url.Path)", ""))
            .sees(
                "200 200 403",
                relay ->
                    statuses(relay, 1)
                        + " "
                        + relay.get("/b").statusCode()
                        + " "
                        + statuses(relay, 1)),
        attribute("quota-by-key @increment-condition")
            .inbound(
                base.formatted(
                    calls,
                    "300",
                    "k",
                    "increment-condition=\"@(context.Response.StatusCode == 404)\""))
            .sees("200 200 200", relay -> statuses(relay, 3)),
        attribute("quota-by-key @increment-count")
            .inbound(base.formatted("calls=\"4\"", "300", "k", "increment-count=\"@(2)\""))
            .sees("200 200 403", relay -> statuses(relay, 3)),
        attribute("quota-by-key @first-period-start")
            .inbound(
                base.formatted(calls, "300", "k", "first-period-start=\"2025-12-31T23:56:00Z\""))
            .sees(
                "200 403 200",
                relay -> {
                  String before = statuses(relay, 2);
                  relay.wait(60);
                  return before + " " + statuses(relay, 1);
                }));
  }

  private static Stream<AttributeCase> lanes() {
    String inside =
        "<limit-concurrency key=\"%s\" max-count=\"%s\"><forward-request /></limit-concurrency>";
    return Stream.of(
        attribute("limit-concurrency @key")
            .backend(inside.formatted("@(context.Request.Url.Path)", "1"))
            .sees("429 200", relay -> besideOne(relay, "/") + " " + besideOne(relay, "/b")),
        attribute("limit-concurrency @max-count")
            .backend(inside.formatted("k", "2"))
            .sees("200", relay -> "" + besideOne(relay, "/")));
  }

  /** The status of a request while another one is under way. */
  private static int besideOne(PolicyRelay relay, String path) {
    var gate = io.ccrelay.testing.FakeUpstream.gate();
    relay.backend.next(io.ccrelay.testing.FakeUpstream.hang(gate));
    var first = relay.later("/");
    gate.await(1);
    int status = relay.get(path).statusCode();
    gate.answer("done");
    first.join();
    return status;
  }
}
