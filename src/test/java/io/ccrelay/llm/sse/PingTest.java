package io.ccrelay.llm.sse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ccrelay.llm.Dialect;
import org.junit.jupiter.api.Test;

class PingTest {

  @Test
  void anthropicClientsGetTheirOwnPingOnceTheStreamHasBegun() {
    assertEquals(
        "event: ping\ndata: {\"type\": \"ping\"}\n\n", Ping.of(Dialect.ANTHROPIC, true).toUtf8());
  }

  @Test
  void othersGetAComment() {
    assertEquals(": ping\n\n", Ping.of(Dialect.ANTHROPIC, false).toUtf8());
    assertEquals(": ping\n\n", Ping.of(Dialect.OPENAI, true).toUtf8());
  }
}
