package io.ccrelay.policy;

import static io.ccrelay.policy.Policies.assertComputed;
import static io.ccrelay.policy.Policies.literal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The documented examples, as they stand. Two of them are not well-formed XML. */
class ExampleDocumentsTest {

  private static PolicyReader.Read read(String name) throws IOException {
    return Policies.read(Files.readString(Path.of("src/test/resources/examples", name)));
  }

  private static List<Policy> inbound(PolicyReader.Read read) {
    return read.document().section(Section.INBOUND).orElseThrow();
  }

  @Test
  void rateLimitProtection() throws IOException {
    var read = read("apim-rate-limit-protection.xml");
    assertEquals(List.of(), read.warnings());
    var statements = inbound(read);
    assertEquals(2, statements.size());
    var lookup = assertInstanceOf(CachePolicy.LookupValue.class, statements.getFirst());
    assertComputed(lookup.key());
    assertEquals("cachedData", lookup.variableName());
    var choose = assertInstanceOf(ControlPolicy.Choose.class, statements.get(1));
    var when = choose.whens().getFirst();
    assertComputed(when.condition());
    var limit = assertInstanceOf(LimitPolicy.RateLimit.class, when.body().getFirst());
    assertEquals(10, limit.calls());
    assertEquals(60, limit.renewalPeriod());
    var answer =
        assertInstanceOf(ControlPolicy.ReturnResponse.class, choose.otherwise().getFirst());
    assertComputed(answer.body().orElseThrow().body());
  }

  @Test
  void responseCaching() throws IOException {
    var read = read("apim-response-caching.xml");
    assertEquals(
        List.of(Lint.NO_LIMIT_AFTER_LOOKUP),
        read.warnings().stream().map(PolicyWarning::lint).toList());
    var lookup = assertInstanceOf(CachePolicy.Lookup.class, inbound(read).get(1));
    assertEquals(CachePolicy.CachingType.INTERNAL, lookup.cachingType());
    assertEquals(List.of("version"), lookup.varyByQueryParameters());
    var outbound = read.document().section(Section.OUTBOUND).orElseThrow();
    var store = assertInstanceOf(CachePolicy.Store.class, outbound.getFirst());
    assertEquals(604_800, literal(store.duration()));
    assertInstanceOf(ControlPolicy.Base.class, outbound.get(1));
  }

  @Test
  void valueCaching() throws IOException {
    var read = read("apim-value-caching.xml");
    assertEquals(List.of(), read.warnings());
    var lookup = assertInstanceOf(CachePolicy.LookupValue.class, inbound(read).getFirst());
    assertEquals("none", literal(lookup.defaultValue().orElseThrow()));
    var body =
        assertInstanceOf(ControlPolicy.Choose.class, inbound(read).get(1))
            .whens()
            .getFirst()
            .body();
    var call = assertInstanceOf(CallPolicy.SendRequest.class, body.getFirst());
    assertEquals("https://backend.api/user/preferences", literal(call.call().url().orElseThrow()));
    assertEquals("prefsResponse", call.responseVariableName());
    var store = assertInstanceOf(CachePolicy.StoreValue.class, body.get(1));
    assertComputed(store.value());
    assertEquals(1800, literal(store.duration()));
  }
}
