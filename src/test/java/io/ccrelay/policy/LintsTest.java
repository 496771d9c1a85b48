package io.ccrelay.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What runs but is probably not meant. */
class LintsTest {

  private static final String LOOKUP =
      "<cache-lookup vary-by-developer='false' vary-by-developer-groups='false'/>";
  private static final String LIMIT =
      "<rate-limit-by-key calls='1' renewal-period='1' counter-key='k'/>";
  private static final String STORE = "<cache-store duration='1'/>";
  private static final String SEMANTIC =
      "<llm-semantic-cache-lookup score-threshold='%s' embeddings-backend-id='e'>%s"
          + "</llm-semantic-cache-lookup>";

  private static List<String> lints(String inbound, String outbound) {
    return Policies.lints(
        "<policies><inbound>"
            + inbound
            + "</inbound><outbound>"
            + outbound
            + "</outbound></policies>");
  }

  @Test
  void aSoundDocumentHasNone() {
    assertEquals(List.of(), lints(LOOKUP + LIMIT, STORE));
    assertEquals(
        List.of(),
        lints("<choose><when condition='true'>" + LOOKUP + "</when></choose>" + LIMIT, STORE));
  }

  @Test
  void lookupAndStoreBelongTogether() {
    assertEquals(List.of("lookup-without-store"), lints(LOOKUP + LIMIT, ""));
    assertEquals(List.of("store-without-lookup"), lints("", STORE));
    assertEquals(
        List.of("store-without-lookup"), lints("", "<llm-semantic-cache-store duration='1'/>"));
  }

  @Test
  void aLimitShouldProtectTheBackendWhileTheCacheIsDown() {
    assertEquals(List.of("no-limit-after-lookup"), lints(LOOKUP, STORE));
    assertEquals(List.of("no-limit-after-lookup"), lints(LIMIT + LOOKUP, STORE));
  }

  @Test
  void nothingRunsAfterTheEnd() {
    assertEquals(List.of("unreachable"), lints("<return-response/><set-method>A</set-method>", ""));
    assertEquals(
        List.of("unreachable"),
        lints(
            "<choose><when condition='true'><return-response/></when><otherwise><return-response/>"
                + "</otherwise></choose><set-method>A</set-method>",
            ""));
    assertEquals(
        List.of(),
        lints(
            "<choose><when condition='true'><return-response/></when></choose>"
                + "<set-method>A</set-method>",
            ""));
  }

  @ParameterizedTest
  @CsvSource({"0.05,''", "0.2,''", "0.21,loose-threshold"})
  void aLooseThresholdIsDoubtful(String threshold, String lint) {
    var found =
        lints(
            SEMANTIC.formatted(threshold, "<vary-by>u</vary-by>") + LIMIT,
            "<llm-semantic-cache-store duration='1'/>");
    assertEquals(lint.isEmpty() ? List.of() : List.of(lint), found);
  }

  @Test
  void answersAreSharedByAllWithoutVaryBy() {
    assertEquals(
        List.of("semantic-without-vary-by"),
        lints(SEMANTIC.formatted("0.1", "") + LIMIT, "<llm-semantic-cache-store duration='1'/>"));
  }

  @Test
  void privateAnswersNeedTheCallerInTheirKey() {
    String open = LOOKUP.replace("/>", " allow-private-response-caching='true'>%s</cache-lookup>");
    assertEquals(List.of("shared-private"), lints(open.formatted("") + LIMIT, STORE));
    String header = "<vary-by-header>authorization</vary-by-header>";
    assertEquals(List.of(), lints(open.formatted(header) + LIMIT, STORE));
  }

  @Test
  void whatIsAllowedOnceIsNamedTheSecondTime() {
    assertEquals(List.of("repeated"), lints(LOOKUP + LOOKUP + LIMIT, STORE));
    assertEquals(
        List.of(),
        lints(
            LOOKUP + LIMIT,
            "<choose><when condition='true'>"
                + STORE
                + "</when><otherwise>"
                + STORE
                + "</otherwise></choose>"));
  }

  @Test
  void zeroSecondsStoreNothing() {
    assertEquals(List.of("duration-zero"), lints(LOOKUP + LIMIT, "<cache-store duration='0'/>"));
  }

  @Test
  void aBackendSectionShouldCallTheBackend() {
    assertEquals(
        List.of("no-forward-request"),
        Policies.lints("<policies><backend><set-status code='200'/></backend></policies>"));
  }

  @Test
  void sampleAnswersEndTheRequestToo() {
    assertEquals(List.of("unreachable"), lints("<mock-response/><set-method>A</set-method>", ""));
  }

  @Test
  void branchesBehindACertainOneAreNeverChosen() {
    String choose =
        "<choose><when condition='%s'><set-method>A</set-method></when>"
            + "<when condition='@(true)'><set-method>B</set-method></when></choose>";
    assertEquals(List.of("unreachable"), lints(choose.formatted("true"), ""));
    assertEquals(List.of("unreachable"), lints(choose.formatted("false"), ""));
    assertEquals(List.of(), lints(choose.formatted("@(false)"), ""));
  }

  @Test
  void valuesShouldBeRefreshedBeforeTheyExpire() {
    String value =
        "<cache-value key='k' variable-name='v' expires-after='60' refresh-after='%s'><value/>"
            + "</cache-value>";
    assertEquals(List.of("no-early-refresh"), lints(value.formatted("60"), ""));
    assertEquals(List.of(), lints(value.formatted("59"), ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<set-variable name='v' value='@(context.Request.Body.As<string>())'/> | body-consumed body-held",
        "<set-variable name='v' value='@(context.Request.Body.As<string>(true))'/> | body-held",
        "<set-variable name='v' value='@(context.Request.Body.As<string>(preserveContent: true))'/> | body-held",
        "<set-variable name='v' value='@(context.Request.Method)'/> |",
        "<set-body>@(context.Request.Body.As<string>())</set-body> | body-held",
        "<choose><when condition='@(context.Request.Body.As<JObject>() == null)'/></choose> | body-consumed body-held",
        "<retry condition='@(false)' count='1' interval='1'><set-variable name='v' value='@(context.Request.Body.As<string>())'/></retry> | body-consumed body-held",
        "<set-variable name='v' value='@(context.Request.Body.As<string>())'/><return-response/> | body-held"
      })
  void theBackendShouldGetTheBody(String statements, String expected) {
    assertEquals(
        expected == null ? List.of() : List.of(expected.split(" ")), lints(statements, ""));
  }

  @Test
  void unknownPoliciesAreSkippedIfTheConfigurationSaysSo() {
    var reader = new PolicyReader(Map.of(), Map.of(), true);
    var read = Policies.read(reader, "<inbound>\n<invoke-dapr-binding name='x'/></inbound>");
    assertEquals(
        List.of(
            "p.xml:2:1: warning: policy \"invoke-dapr-binding\": is not supported and is skipped"
                + " [unknown-policy]"),
        read.warnings().stream().map(PolicyWarning::toString).toList());
    assertEquals(List.of(), read.document().section(Section.INBOUND).orElseThrow());
  }
}
