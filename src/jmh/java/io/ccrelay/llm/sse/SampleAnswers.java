package io.ccrelay.llm.sse;

import io.ccrelay.cache.Bytes;

/** Answers to measure with. */
final class SampleAnswers {

  private static final int DELTAS = 994;

  private SampleAnswers() {}

  /** A message of one text block in 1000 events. */
  static Bytes messageStream() {
    var stream = new StringBuilder();
    event(
        stream,
        "message_start",
        "\"message\":{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\","
            + "\"content\":[],\"stop_reason\":null,\"stop_sequence\":null,"
            + "\"usage\":{\"input_tokens\":25,\"output_tokens\":1}}");
    event(
        stream,
        "content_block_start",
        "\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}");
    for (int i = 0; i < DELTAS; i++) {
      event(
          stream,
          "content_block_delta",
          "\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\" word " + i + "\"}");
    }
    event(stream, "content_block_stop", "\"index\":0");
    event(
        stream,
        "message_delta",
        "\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},"
            + "\"usage\":{\"output_tokens\":994}");
    stream.append("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
    return Bytes.utf8(stream.toString());
  }

  private static void event(StringBuilder stream, String type, String members) {
    stream.append("event: ").append(type).append("\ndata: {\"type\":\"").append(type).append("\",");
    stream.append(members).append("}\n\n");
  }
}
