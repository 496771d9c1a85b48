package io.ccrelay.policy.expression.value;

/** A .NET exception inside an expression: its {@code try} may catch it. */
public final class ClrException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String type;
  private final String problem;

  /**
   * @param type simple name of the .NET exception, for instance {@code FormatException}
   * @param problem its message
   */
  public ClrException(String type, String problem) {
    super(problem, null, false, false);
    this.type = type;
    this.problem = problem;
  }

  /** Simple name of the .NET exception. */
  public String type() {
    return type;
  }

  /** The message. */
  public String problem() {
    return problem;
  }

  /** {@code NullReferenceException}. */
  public static ClrException nullReference() {
    return new ClrException(
        "NullReferenceException", "Object reference not set to an instance of an object.");
  }

  /** {@code InvalidCastException}. */
  public static ClrException cast(String from, String to) {
    return new ClrException(
        "InvalidCastException",
        "Unable to cast object of type '" + from + "' to type '" + to + "'.");
  }

  /** {@code FormatException}. */
  public static ClrException format(String problem) {
    return new ClrException("FormatException", problem);
  }

  /** {@code ArgumentException}. */
  public static ClrException argument(String problem) {
    return new ClrException("ArgumentException", problem);
  }

  /** {@code ArgumentNullException}. */
  public static ClrException argumentNull() {
    return new ClrException("ArgumentNullException", "Value cannot be null.");
  }

  /** {@code ArgumentOutOfRangeException}. */
  public static ClrException range(String problem) {
    return new ClrException("ArgumentOutOfRangeException", problem);
  }

  /** {@code IndexOutOfRangeException}. */
  public static ClrException index() {
    return new ClrException(
        "IndexOutOfRangeException", "Index was outside the bounds of the array.");
  }

  /** {@code OverflowException}. */
  public static ClrException overflow(String type) {
    return new ClrException(
        "OverflowException", "Value was either too large or too small for " + type + ".");
  }

  /** {@code InvalidOperationException}. */
  public static ClrException operation(String problem) {
    return new ClrException("InvalidOperationException", problem);
  }
}
