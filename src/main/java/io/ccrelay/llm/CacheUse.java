package io.ccrelay.llm;

/** How a request uses the cache. */
public sealed interface CacheUse {

  /** Not at all. */
  record Bypass(BypassReason reason) implements CacheUse {}

  /**
   * It does.
   *
   * @param read whether a stored answer may serve it
   * @param write whether its answer may be stored
   * @param join whether it may share an upstream call with equal requests
   */
  record Use(boolean read, boolean write, boolean join) implements CacheUse {}

  /**
   * Decides by configuration, request and what the client asks for. A request that must not read
   * never joins others either: it asked for an answer of its own.
   *
   * @param options the options that hold for the request
   */
  static CacheUse of(ResponsesOptions options, ChatRequest request, CacheControls controls) {
    if (!options.enabled()) {
      return new Bypass(BypassReason.DISABLED);
    }
    if (request.stream() && !options.streaming()) {
      return new Bypass(BypassReason.STREAMING);
    }
    if (request.bypass().isPresent()) {
      return new Bypass(request.bypass().get());
    }
    if (controls.noRead() && controls.noWrite()) {
      return new Bypass(BypassReason.CLIENT);
    }
    boolean read = !controls.noRead();
    boolean write = !controls.noWrite();
    return new Use(read, write, read && write && options.coalesce());
  }
}
