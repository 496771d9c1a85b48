package io.ccrelay.llm;

/** What became of reading a request body. */
public sealed interface Parsed {

  /** The body was understood; whether it may be answered from the cache it says itself. */
  record Understood(ChatRequest request) implements Parsed {}

  /** The body is relayed as it is and never cached. */
  record Unreadable(BypassReason reason) implements Parsed {}
}
