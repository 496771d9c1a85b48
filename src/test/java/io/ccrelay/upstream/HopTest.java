package io.ccrelay.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ccrelay.http.Fields;
import io.ccrelay.upstream.Credentials.Decision;
import io.ccrelay.upstream.Credentials.Source;
import org.junit.jupiter.api.Test;

class HopTest {

  private static final Decision NO_CREDENTIAL =
      new Decision(Source.NONE, Fields.none(), RelaySecrets.NONE);

  private static Fields forwarded(String... lines) {
    return Hop.request(Fields.of(lines), line -> false, NO_CREDENTIAL, false);
  }

  @Test
  void whatIsTheClientsPassesInOrderAndAsItIs() {
    String[] lines = {
      "anthropic-version",
      "2023-06-01",
      "Anthropic-Beta",
      "a",
      "User-Agent",
      "x",
      "anthropic-beta",
      "b,c",
      "X-Stainless-Lang",
      "js",
      "Accept-Encoding",
      "gzip, br",
      "Cookie",
      "a=1",
      "X-Empty",
      "",
      "X-Request-Id",
      "7",
      "Content-Type",
      "application/json",
      "Content-Encoding",
      "zstd"
    };
    assertEquals(Fields.of(lines), forwarded(lines));
  }

  @Test
  void fieldsOfTheConnectionAndWhatItNamesStay() {
    assertEquals(
        Fields.of("X-Kept", "1"),
        forwarded(
            "Connection", "keep-alive, X-Tenant",
            "Connection", "x-other",
            "X-Tenant", "1",
            "X-Other", "2",
            "Keep-Alive", "timeout=5",
            "Proxy-Connection", "keep-alive",
            "TE", "trailers",
            "Trailer", "X-Sum",
            "Transfer-Encoding", "chunked",
            "Upgrade", "h2c",
            "HTTP2-Settings", "AAM",
            "X-Kept", "1"));
  }

  @Test
  void framingHostAndExpectationAreMadeAnew() {
    assertEquals(
        Fields.none(), forwarded("Host", "relay", "content-length", "3", "Expect", "100-continue"));
  }

  @Test
  void theProviderDoesNotLearnWhoseRequestItIsNorHowItCame() {
    assertEquals(
        Fields.none(),
        forwarded(
            "X-Forwarded-For", "10.0.0.1",
            "x-forwarded-host", "relay.internal",
            "Forwarded", "for=10.0.0.1",
            "Via", "1.1 inner",
            "X-Real-IP", "10.0.0.1",
            "CF-Connecting-IP", "10.0.0.1",
            "True-Client-IP", "10.0.0.1"));
  }

  @Test
  void controlsOfTheRelayStay() {
    assertEquals(
        Fields.of("X-A", "1"),
        Hop.request(
            Fields.of("X-CC-Relay-Cache-TTL", "5", "X-A", "1"),
            line -> line.name().startsWith("X-CC-Relay-"),
            NO_CREDENTIAL,
            false));
  }

  @Test
  void anUnencodedAnswerIsAskedForWhenWanted() {
    assertEquals(
        Fields.of("X-A", "1", "Accept-Encoding", "identity"),
        Hop.request(
            Fields.of("Accept-Encoding", "gzip", "X-A", "1", "accept-encoding", "br"),
            line -> false,
            NO_CREDENTIAL,
            true));
  }

  @Test
  void answersKeepWhatIsNotOfTheConnection() {
    assertEquals(
        Fields.of(
            "Content-Length", "3", "Set-Cookie", "a", "X-B", "", "Set-Cookie", "b", "Via", "1.1 x"),
        Hop.response(
            Fields.of(
                "Connection", "close, X-Hop",
                "Content-Length", "3",
                "Set-Cookie", "a",
                "X-B", "",
                "x-hop", "1",
                "Set-Cookie", "b",
                "Via", "1.1 x",
                "Transfer-Encoding", "gzip",
                "Proxy-Authenticate", "Basic")));
  }
}
