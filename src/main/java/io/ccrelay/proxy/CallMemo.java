package io.ccrelay.proxy;

import io.ccrelay.cache.Bytes;
import io.ccrelay.llm.Parsed;
import org.jspecify.annotations.Nullable;

/**
 * Remembers how requests were understood: a body that was read before, with the same field lines,
 * query, provider and settings, is the same call. Confined to one context.
 *
 * <p>A place holds one call, so that nobody can make a look-up slow; equality of everything that
 * enters the key is checked, so that nobody can be given another's call.
 */
final class CallMemo {

  private static final int PLACES = 512;
  private static final int LARGEST_BODY = 64 << 10;

  private record Known(Understanding.Arrival arrival, Parsed parsed, LlmCall call) {}

  private final Understanding understanding;
  private final @Nullable Known[] places = new Known[PLACES];

  CallMemo(Understanding understanding) {
    this.understanding = understanding;
  }

  /**
   * What {@link Understanding#of} answers. Equal bodies come as one {@link Parsed} from the memo of
   * bodies, so that identity tells enough.
   */
  @SuppressWarnings("ReferenceEquality")
  LlmCall of(Understanding.Arrival arrival, Bytes body, Parsed parsed) {
    if (body.size() > LARGEST_BODY) {
      return understanding.of(arrival, body, parsed);
    }
    int place = System.identityHashCode(parsed) & (PLACES - 1);
    Known known = places[place];
    if (known != null && known.parsed() == parsed && isSame(known.arrival(), arrival)) {
      return known.call();
    }
    LlmCall call = understanding.of(arrival, body, parsed);
    places[place] = new Known(arrival, parsed, call);
    return call;
  }

  /** Settings and providers are replaced, never changed, so that identity tells enough. */
  @SuppressWarnings("ReferenceEquality")
  private static boolean isSame(Understanding.Arrival one, Understanding.Arrival other) {
    return one.settings() == other.settings()
        && one.provider() == other.provider()
        && one.route() == other.route()
        && one.target().equals(other.target())
        && one.fields().equals(other.fields());
  }
}
