package io.ccrelay.policy.run;

/** Where a run begins. */
public sealed interface Opening {

  /** With all of inbound. */
  record Inbound() implements Opening {}

  /**
   * A browser asks whether a script may call: only the {@code cors} statements that are direct
   * children of inbound are looked at, and the backend never is. So it is answered for callers
   * without a key too, as browsers send none with it.
   */
  record Preflight() implements Opening {}

  /**
   * With {@code on-error}: the gateway refused the request before any statement.
   *
   * @param source the gateway's own step, as {@code context.LastError.Source} has it
   * @param reason as {@code context.LastError.Reason} has it
   * @param message as {@code context.LastError.Message} has it
   * @param status of the reply unless {@code on-error} says otherwise
   * @param said what that reply says
   */
  record Refusal(String source, String reason, String message, int status, String said)
      implements Opening {}
}
