package io.ccrelay.llm.sse;

import io.ccrelay.cache.Bytes;
import io.ccrelay.llm.sse.Json.Obj;

/** Writes events of the Responses API, numbered from 0. Confined to one call. */
final class ResponseEvents {

  private final EventWriter out = new EventWriter();
  private int sequence;

  /** An event with the members of {@code body} after its type and number. */
  void send(String type, Obj body) {
    var event = new Obj().with("type", type).with("sequence_number", sequence++);
    body.members().forEach(event::put);
    out.event(type, event);
  }

  /** All events sent. */
  Bytes toBytes() {
    return out.toBytes();
  }
}
