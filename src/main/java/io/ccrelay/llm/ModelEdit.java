package io.ccrelay.llm;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.ccrelay.cache.Bytes;

/**
 * Replaces the model that a body names and not a byte beside it: order, spacing and the spelling of
 * numbers stay as the client wrote them.
 */
public final class ModelEdit {

  private ModelEdit() {}

  /**
   * {@code body} with the value at {@code span} replaced by {@code model}.
   *
   * @param span where the value stands, quotes included
   */
  public static Bytes apply(Bytes body, Span span, String model) {
    byte[] name = JsonStringEncoder.getInstance().quoteAsUTF8(model);
    var edited = new byte[span.from() + name.length + 2 + body.size() - span.to()];
    edited[span.from()] = '"';
    System.arraycopy(name, 0, edited, span.from() + 1, name.length);
    edited[span.from() + 1 + name.length] = '"';
    return body.lend((array, offset, length) -> {
      System.arraycopy(array, offset, edited, 0, span.from());
      System.arraycopy(
          array, offset + span.to(), edited, span.from() + name.length + 2, length - span.to());
      return Bytes.owned(edited);
    });
  }

  /**
   * A stretch of a body.
   *
   * @param from index of the first byte
   * @param to index after the last byte
   */
  public record Span(int from, int to) {}
}
