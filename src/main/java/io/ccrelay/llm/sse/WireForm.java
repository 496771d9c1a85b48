package io.ccrelay.llm.sse;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Entry;
import io.ccrelay.llm.Route;
import java.util.Optional;

/**
 * Gives a stored answer the form a request asks for: the {@code stream} flag decides it, never the
 * form that happens to be stored. Clients fail silently on the wrong one. Safe for use from any
 * context.
 */
public final class WireForm {

  private WireForm() {}

  /**
   * The body to send, or empty if the stored one cannot be brought into the form wanted: then the
   * look-up is a miss.
   *
   * @param stored how {@code body} is framed
   * @param wantStream whether the request says {@code stream: true}
   * @param includeUsage whether it says {@code stream_options.include_usage: true}
   */
  public static Optional<Bytes> serve(
      Entry.Form stored, Bytes body, Route route, boolean wantStream, boolean includeUsage) {
    return switch (stored) {
      case OPAQUE -> wantStream ? Optional.empty() : Optional.of(body);
      case JSON -> wantStream ? Unfold.toStream(route, body, includeUsage) : Optional.of(body);
      case EVENT_STREAM -> wantStream ? replay(route, body, includeUsage) : fold(route, body);
    };
  }

  /** Whether {@link #serve} hands out the stored bytes themselves, at no cost. */
  public static boolean isAsStored(Entry.Form stored, Route route, boolean wantStream) {
    return switch (stored) {
      case OPAQUE, JSON -> !wantStream;
      case EVENT_STREAM -> wantStream && !tellsUsageOnDemand(route);
    };
  }

  private static Optional<Bytes> replay(Route route, Bytes stream, boolean includeUsage) {
    if (!tellsUsageOnDemand(route)) {
      return Optional.of(stream);
    }
    if (!includeUsage) {
      return Optional.of(ChunkUsage.removedFrom(stream));
    }
    return ChunkUsage.isToldIn(stream) ? Optional.of(stream) : Optional.empty();
  }

  /** A JSON answer always tells its usage: a stream recorded without cannot stand in for it. */
  private static Optional<Bytes> fold(Route route, Bytes stream) {
    boolean usageKnown = !tellsUsageOnDemand(route) || ChunkUsage.isToldIn(stream);
    return usageKnown ? Fold.toJson(route, stream) : Optional.empty();
  }

  private static boolean tellsUsageOnDemand(Route route) {
    return route == Route.CHAT_COMPLETIONS || route == Route.COMPLETIONS;
  }
}
