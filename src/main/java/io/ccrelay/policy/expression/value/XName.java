package io.ccrelay.policy.expression.value;

/**
 * {@code XName}: a name in XML.
 *
 * @param namespace its URI, empty for none
 */
public record XName(String namespace, String local) {

  /** The namespace of declarations. */
  public static final String XMLNS = "http://www.w3.org/2000/xmlns/";

  /** The name that {@code text} is: {@code local} or <code>{namespace}local</code>. */
  public static XName of(String text) {
    int end = text.startsWith("{") ? text.indexOf('}') : -1;
    return end < 0 ? checked("", text) : checked(text.substring(1, end), text.substring(end + 1));
  }

  /** The name {@code local} in {@code namespace}. */
  public static XName checked(String namespace, String local) {
    if (local.isEmpty() || !local.codePoints().allMatch(XName::isNamed) || isInner(local)) {
      throw new ClrException("XmlException", "'" + local + "' is no name.");
    }
    return new XName(namespace, local);
  }

  private static boolean isNamed(int c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.';
  }

  /** Digits, dashes and dots begin no name. */
  private static boolean isInner(String local) {
    int first = local.codePointAt(0);
    return !Character.isLetter(first) && first != '_';
  }

  @Override
  public String toString() {
    return namespace.isEmpty() ? local : "{" + namespace + "}" + local;
  }
}
