package io.ccrelay.policy.run;

import io.ccrelay.cache.Bytes;
import io.ccrelay.policy.expression.MessageBody;
import io.ccrelay.policy.expression.value.ClrException;
import org.jspecify.annotations.Nullable;

/** The whole body of a message, which an expression may consume. Confined to one context. */
public final class Content implements MessageBody {

  private final Bytes bytes;
  private @Nullable String text;
  private boolean consumed;

  /** A body of {@code bytes}. */
  public Content(Bytes bytes) {
    this.bytes = bytes;
  }

  /** A body of {@code text} in UTF-8. */
  public static Content utf8(String text) {
    return new Content(Bytes.utf8(text));
  }

  @Override
  public byte[] read(boolean preserveContent) {
    use(preserveContent);
    return bytes.toArray();
  }

  /** Decoded once, and not copied before. */
  @Override
  public String text(boolean preserveContent) {
    use(preserveContent);
    String known = text;
    if (known == null) {
      known = MessageBody.unmarked(bytes.toUtf8());
      text = known;
    }
    return known;
  }

  private void use(boolean preserveContent) {
    if (consumed) {
      throw ClrException.operation("The message body has been consumed already.");
    }
    consumed = !preserveContent;
  }

  /** What is sent on: nothing once the body was consumed. */
  public Bytes remaining() {
    return consumed ? Bytes.empty() : bytes;
  }
}
