package io.ccrelay.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names in documents that the configuration must know. */
class ReferencesTest {

  private static final String LOOKUP =
      "<llm-semantic-cache-lookup score-threshold='0.1' embeddings-backend-id='e' cache-id='%s'/>";

  private static CertificateEntity ada() throws Exception {
    try (var file = ReferencesTest.class.getResourceAsStream("/expressions/ada.pem")) {
      return CertificateEntity.of(
          new String(file.readAllBytes(), StandardCharsets.US_ASCII), Optional.empty());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static GatewayOptions options(String inbound) throws Exception {
    var api =
        new ApiEntity(
            "web",
            "web",
            "1",
            "/",
            "http://b",
            List.of(),
            Optional.of(
                new PolicyText("p.xml", "<policies><inbound>" + inbound + "</inbound></policies>")),
            false,
            KeyNames.DEFAULTS);
    return new GatewayOptions(
        "s",
        Optional.empty(),
        List.of(api),
        List.of(),
        List.of(),
        Map.of(),
        Map.of(),
        Map.of(),
        List.of(),
        false,
        Profile.DEFAULTS,
        new IdentityOptions.None(),
        Optional.of("near"),
        Map.of("ada", ada()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<llm-semantic-cache-lookup score-threshold='0.1' embeddings-backend-id='e' cache-id='far'/> | cache-id \"far\" is not configured (did you mean near?)",
        "<authentication-certificate certificate-id='bob'/> | certificate-id \"bob\" is not configured (expected: ada)",
        "<authentication-certificate thumbprint='AB CD'/> | thumbprint \"ABCD\" is not configured (expected: AE36C6FBB8E9362A161E4B2C8062B69C4B05C0D8)",
        "<send-request response-variable-name='r'><set-url>http://x</set-url><authentication-certificate certificate-id='bob'/></send-request> | certificate-id \"bob\" is not configured (expected: ada)",
        "<validate-jwt header-name='A'><issuer-signing-keys><key certificate-id='bob'/></issuer-signing-keys></validate-jwt> | certificate-id \"bob\" is not configured (expected: ada)",
        "<validate-jwt header-name='A'><decryption-keys><key certificate-id='bob'/></decryption-keys></validate-jwt> | certificate-id \"bob\" is not configured (expected: ada)"
      })
  void unknownNamesAreRefused(String inbound, String expected) throws Exception {
    var options = options(inbound);
    var refused = assertThrows(PolicyException.class, () -> PolicySet.of(options));
    assertEquals(
        List.of("p.xml:1:20: " + expected),
        refused.problems().stream().map(PolicyProblem::toString).toList());
  }

  @Test
  void knownNamesAreNot() throws Exception {
    var set =
        PolicySet.of(
            options(
                LOOKUP.formatted("near")
                    + LOOKUP.formatted("internal")
                    + "<authentication-certificate certificate-id='ada'/>"
                    + "<authentication-certificate certificate-id='@(\"bob\")'/>"
                    + "<authentication-certificate thumbprint='ae:36:c6:fb:b8:e9:36:2a:16:1e:4b:2c:80:62:b6:9c:4b:05:c0:d8'/>"));
    assertEquals(true, set.api("web").isPresent());
  }
}
