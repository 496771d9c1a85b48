package io.ccrelay.proxy.policy;

import static io.ccrelay.proxy.policy.AttributeCase.ALICE;
import static io.ccrelay.proxy.policy.AttributeCase.attribute;
import static io.ccrelay.proxy.policy.AttributeCase.saying;
import static io.ccrelay.proxy.policy.PolicyRelay.field;

import io.ccrelay.testing.Waiting;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every attribute of the statements that cache responses and values, and of those that choose. */
class CacheAttributesTest {

  static Stream<AttributeCase> cases() {
    return Stream.of(
            lookups(), downstream(), varying(), stores(), values(), types(), computed(), branches())
        .flatMap(all -> all);
  }

  @TestFactory
  Stream<DynamicTest> everyAttributeDoesWhatItSays() {
    return cases().map(AttributeCase::test);
  }

  private static AttributeCase lookup(String name, String attributes, String children) {
    String others =
        (attributes.contains("vary-by-developer=") ? "" : " vary-by-developer=\"false\"")
            + (attributes.contains("developer-groups")
                ? ""
                : " vary-by-developer-groups=\"false\"");
    return attribute("cache-lookup " + name)
        .inbound("<cache-lookup " + attributes + others + ">" + children + "</cache-lookup>")
        .outbound("<cache-store duration=\"60\" />");
  }

  /** Asks for one and, when it is stored, for the other: how often the backend was called. */
  private static Function<PolicyRelay, String> calls(
      String one, String[] ofOne, String other, String[] ofOther) {
    return relay -> {
      relay.get(one, ofOne);
      untilStored(relay);
      relay.get(other, ofOther);
      return "" + relay.backend.calls();
    };
  }

  private static void untilStored(PolicyRelay relay) {
    Waiting.until(() -> relay.relay.store.stats().result().keyCount() > 0, "something is stored");
  }

  /** Asks four times for what is never stored. */
  private static Function<PolicyRelay, String> fourTimes(String... headers) {
    return relay -> {
      for (int i = 0; i < 4; i++) {
        relay.get("/", headers);
      }
      return "" + relay.backend.calls();
    };
  }

  private static Function<PolicyRelay, String> twice(String... headers) {
    return calls("/", headers, "/", headers);
  }

  private static Stream<AttributeCase> lookups() {
    String[] authorized = {"Authorization", "a"};
    return Stream.of(
        lookup("@vary-by-developer", "vary-by-developer=\"@(true)\"", "")
            .sees("2", calls("/", new String[0], "/", ALICE)),
        lookup("@vary-by-developer-groups", "vary-by-developer-groups=\"true\"", "")
            .sees("2", calls("/", new String[0], "/", ALICE)),
        lookup("@caching-type", "caching-type=\"internal\"", "").sees("1", twice()),
        lookup("@caching-type", "caching-type=\"external\"", "").sees("4", fourTimes()),
        lookup("@allow-private-response-caching", "", "").sees("4", fourTimes(authorized)),
        lookup("@allow-private-response-caching", "allow-private-response-caching=\"@(true)\"", "")
            .sees("1", twice(authorized)));
  }

  private static Stream<AttributeCase> downstream() {
    Function<PolicyRelay, String> told = relay -> field(relay.get("/"), "Cache-Control");
    return Stream.of(
        lookup("@downstream-caching-type", "downstream-caching-type=\"none\"", "")
            .sees("no-store", told),
        lookup("@downstream-caching-type", "downstream-caching-type=\"@(\"private\")\"", "")
            .sees("private, must-revalidate, max-age=60", told),
        lookup(
                "@must-revalidate",
                "downstream-caching-type=\"public\" must-revalidate=\"@(false)\"",
                "")
            .sees("public, max-age=60", told));
  }

  private static Stream<AttributeCase> varying() {
    String header = "<vary-by-header>Accept-Language</vary-by-header>";
    String query = "<vary-by-query-parameter>a;b</vary-by-query-parameter>";
    return Stream.of(
        lookup("vary-by-header", "", header)
            .sees(
                "2",
                calls(
                    "/",
                    new String[] {"Accept-Language", "nl"},
                    "/",
                    new String[] {"Accept-Language", "fy"})),
        lookup("vary-by-query-parameter", "", query)
            .sees("2", calls("/?a=1&b=1", new String[0], "/?a=1&b=2", new String[0])),
        lookup("vary-by-query-parameter", "", query)
            .sees("1", calls("/?a=1&c=1", new String[0], "/?a=1&c=2", new String[0])));
  }

  private static AttributeCase store(String name, String attributes) {
    return lookup("", "", "")
        .named("cache-store " + name)
        .outbound("<cache-store " + attributes + " />");
  }

  private static Stream<AttributeCase> stores() {
    Function<PolicyRelay, String> missing =
        relay -> {
          relay.backend.always(PolicyRelay.answer(404, "none"));
          return fourTimes().apply(relay);
        };
    Function<PolicyRelay, String> stored =
        relay -> {
          relay.backend.always(PolicyRelay.answer(404, "none"));
          return twice().apply(relay);
        };
    return Stream.of(
        store("@duration", "duration=\"@(30)\"")
            .sees(
                "1 2",
                relay -> {
                  String before = twice().apply(relay);
                  relay.wait(31);
                  relay.get("/");
                  return before + " " + relay.backend.calls();
                }),
        store("@cache-response", "duration=\"60\"").sees("4", missing),
        store("@cache-response", "duration=\"60\" cache-response=\"@(true)\"").sees("1", stored),
        store("@caching-mode", "duration=\"60\" caching-mode=\"cache-off\"").sees("1", twice()));
  }

  private static final String SAY =
      saying(
          "context.Variables.ContainsKey(\"v\") ? context.Variables[\"v\"].ToString() : \"unset\"");

  private static String keep(String attributes) {
    return "<cache-store-value " + attributes + " />";
  }

  private static final String READ = "<cache-lookup-value key=\"k\" variable-name=\"v\" />";

  private static Stream<AttributeCase> values() {
    String kept = keep("key=\"k\" value=\"1\" duration=\"60\"");
    return Stream.of(
        attribute("cache-lookup-value @key")
            .inbound(kept + "<cache-lookup-value key=\"@(\"o\")\" variable-name=\"v\" />" + SAY)
            .answers("200 unset"),
        attribute("cache-lookup-value @variable-name").inbound(kept + READ + SAY).answers("200 1"),
        attribute("cache-lookup-value @default-value")
            .inbound(
                "<cache-lookup-value key=\"k\" variable-name=\"v\" default-value=\"@(7)\" />" + SAY)
            .answers("200 7"),
        attribute("cache-store-value @key")
            .inbound(keep("key=\"@(\"k\")\" value=\"1\" duration=\"60\"") + READ + SAY)
            .answers("200 1"),
        attribute("cache-store-value @value")
            .inbound(keep("key=\"k\" value=\"@(1 + 1)\" duration=\"60\"") + READ + SAY)
            .answers("200 2"),
        attribute("cache-store-value @duration")
            .inbound(
                "<choose><when condition=\"@(context.Request.Method == \"PUT\")\">"
                    + keep("key=\"k\" value=\"1\" duration=\"@(30)\"")
                    + "</when></choose>"
                    + READ
                    + SAY)
            .sees(
                "1 unset",
                relay -> {
                  relay.ask("PUT", "/", "");
                  untilStored(relay);
                  String before = relay.get("/").body();
                  relay.wait(31);
                  return before + " " + relay.get("/").body();
                }),
        attribute("cache-remove-value @key")
            .inbound(kept + "<cache-remove-value key=\"@(\"k\")\" />" + READ + SAY)
            .answers("200 unset"),
        attribute("cache-remove-value @fail-on-cache-removal-error")
            .inbound(
                "<cache-remove-value key=\"k\" fail-on-cache-removal-error=\"@(true)\" />" + SAY)
            .answers("200 unset"));
  }

  /** Of the two caches only the internal one is there. */
  private static Stream<AttributeCase> types() {
    String internal = keep("key=\"k\" value=\"1\" duration=\"60\" caching-type=\"internal\"");
    String external = "<cache-lookup-value key=\"k\" variable-name=\"v\" caching-type=\"%s\" />";
    return Stream.of(
        attribute("cache-lookup-value @caching-type")
            .inbound(internal + external.formatted("external") + SAY)
            .answers("200 unset"),
        attribute("cache-store-value @caching-type")
            .inbound(internal + external.formatted("internal") + SAY)
            .answers("200 1"),
        attribute("cache-remove-value @caching-type")
            .inbound(
                internal
                    + "<cache-remove-value key=\"k\" caching-type=\"external\" />"
                    + external.formatted("internal")
                    + SAY)
            .answers("200 1"));
  }

  /** A value that counts how often it was computed. */
  private static String counting(String attributes) {
    return "<cache-value key=\"k\" variable-name=\"v\" "
        + attributes
        + "><value><send-request response-variable-name=\"r\"><set-url>SERVICE/</set-url></send-request><set-variable name=\"v\" value=\"@(((IResponse)context.Variables[\"r\"]).Body.As<string>())\" /></value></cache-value>"
        + SAY;
  }

  private static Function<PolicyRelay, String> counted(int seconds) {
    return relay -> {
      var count = new AtomicInteger();
      relay.service.always((seen, response) -> response.end("" + count.incrementAndGet()));
      String first = relay.get("/").body();
      untilStored(relay);
      relay.wait(seconds);
      return first + " " + relay.get("/").body() + " " + count;
    };
  }

  private static Stream<AttributeCase> computed() {
    String key = counting("").replace("key=\"k\"", "key=\"@(context.Request.Url.Path)\"");
    return Stream.of(
        attribute("cache-value @key")
            .inbound(key)
            .sees(
                "service service 2",
                relay ->
                    relay.get("/a").body()
                        + " "
                        + relay.get("/b").body()
                        + " "
                        + relay.service.calls()),
        attribute("cache-value @variable-name").inbound(counting("")).answers("200 service"),
        attribute("cache-value value").inbound(counting("")).sees("1 1 1", counted(1)),
        attribute("cache-value @expires-after")
            .inbound(counting("expires-after=\"@(30)\""))
            .sees("1 2 2", counted(31)),
        attribute("cache-value @refresh-after")
            .inbound(counting("expires-after=\"60\" refresh-after=\"@(30)\""))
            .sees("1 2 2", counted(31)),
        attribute("cache-value @caching-type")
            .inbound(counting("caching-type=\"external\""))
            .sees(
                "2",
                relay -> {
                  relay.get("/");
                  relay.get("/");
                  return "" + relay.service.calls();
                }),
        attribute("cache-value @default-value")
            .inbound(
                "<cache-value key=\"k\" variable-name=\"v\" default-value=\"@(\"d\")\"><value></value></cache-value>"
                    + SAY)
            .answers("200 d"));
  }

  private static Stream<AttributeCase> branches() {
    String choose =
        "<choose><when condition=\"%s\"><set-variable name=\"v\" value=\"when\" /></when><otherwise><set-variable name=\"v\" value=\"otherwise\" /></otherwise></choose>"
            + SAY;
    String sample = "<mock-response status-code=\"@(201)\" content-type=\"%s\" />";
    return Stream.of(
        attribute("choose when").inbound(choose.formatted("true")).answers("200 when"),
        attribute("choose when/@condition")
            .inbound(choose.formatted("@(1 > 2)"))
            .answers("200 otherwise"),
        attribute("choose otherwise").inbound(choose.formatted("false")).answers("200 otherwise"),
        attribute("mock-response @status-code").inbound(sample.formatted("text/a")).answers("201 "),
        attribute("mock-response @content-type")
            .inbound(sample.formatted("@(\"text/a\")"))
            .sees("text/a", relay -> field(relay.get("/"), "Content-Type")));
  }
}
