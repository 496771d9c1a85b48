package io.ccrelay.policy.expression;

import java.nio.charset.StandardCharsets;

/**
 * {@code IMessageBody}: the body of a message, wholly received. The host decides what a second read
 * of a consumed body gives and bounds its size.
 */
public interface MessageBody {

  /**
   * The content. Must not be changed by the caller.
   *
   * @param preserveContent whether the body stays readable and is forwarded; otherwise it is
   *     consumed
   * @throws io.ccrelay.policy.expression.value.ClrException if it was consumed before
   */
  byte[] read(boolean preserveContent);

  /**
   * The content as UTF-8, without a byte order mark. A host that keeps it spares the work where
   * several expressions read the same body.
   *
   * @throws io.ccrelay.policy.expression.value.ClrException as {@link #read} does
   */
  default String text(boolean preserveContent) {
    return unmarked(new String(read(preserveContent), StandardCharsets.UTF_8));
  }

  /** {@code text} without the mark that some writers begin UTF-8 with (RFC 3629 section 6). */
  static String unmarked(String text) {
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }
}
