package io.ccrelay.policy.run;

/** An error that leads to {@code on-error}. */
final class PolicyFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String source;
  private final String reason;
  private final transient Response reply;

  /**
   * @param source the statement, as {@code context.LastError.Source} has it
   * @param reason as {@code context.LastError.Reason} has it
   * @param reply what the caller gets unless {@code on-error} says otherwise
   */
  PolicyFailure(String source, String reason, String message, Response reply) {
    super(message, null, false, false);
    this.source = source;
    this.reason = reason;
    this.reply = reply;
  }

  /** A failure that the caller gets as a status of its own with the usual body. */
  static PolicyFailure of(String source, String reason, String message, int status) {
    return new PolicyFailure(source, reason, message, Replies.error(status, message));
  }

  /** A failure whose details are the operator's, not the caller's. */
  static PolicyFailure internal(String source, String reason, String message) {
    return new PolicyFailure(source, reason, message, Replies.internal());
  }

  String source() {
    return source;
  }

  String reason() {
    return reason;
  }

  Response reply() {
    return reply;
  }

  String message() {
    return String.valueOf(getMessage());
  }
}
