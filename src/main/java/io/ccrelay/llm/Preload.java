package io.ccrelay.llm;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Key;
import io.ccrelay.http.Fields;

/**
 * A request and the answer it shall have.
 *
 * @param request as a client would send it, with the credential of those who shall get the answer
 * @param status of the answer
 * @param fields of the answer
 * @param body of the answer
 */
public record Preload(ExplainRequest request, int status, Fields fields, Bytes body) {

  /** What became of it. */
  public sealed interface Outcome {
    /** It is stored under {@code key}. */
    record Stored(Key key) implements Outcome {}

    /** It is not, for {@code reason}, a token. */
    record Refused(String reason) implements Outcome {}
  }
}
