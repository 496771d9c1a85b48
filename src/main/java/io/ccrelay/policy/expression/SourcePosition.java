package io.ccrelay.policy.expression;

/**
 * A place in a policy document.
 *
 * @param document name of the document as errors show it
 * @param line line, the first is 1
 * @param column column in characters, the first is 1
 */
public record SourcePosition(String document, int line, int column) {

  /** The place {@code offset} characters of {@code text} further, if {@code text} begins here. */
  public SourcePosition after(String text, int offset) {
    int lineThere = line;
    int columnThere = column;
    for (int i = 0; i < Math.min(offset, text.length()); i++) {
      if (text.charAt(i) == '\n') {
        lineThere++;
        columnThere = 1;
      } else {
        columnThere++;
      }
    }
    return new SourcePosition(document, lineThere, columnThere);
  }

  /** {@code document:line:column}. */
  @Override
  public String toString() {
    return document + ":" + line + ":" + column;
  }
}
