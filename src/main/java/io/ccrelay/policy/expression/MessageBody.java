package io.ccrelay.policy.expression;

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
}
