package io.ccrelay.llm;

/** A kind of token of JSON (RFC 8259); {@link JsonTokens} reads them. */
public enum JsonToken {
  /** An opening brace. */
  OBJECT_START,
  /** A closing brace. */
  OBJECT_END,
  /** An opening bracket. */
  ARRAY_START,
  /** A closing bracket. */
  ARRAY_END,
  /** The name of a member; its colon is read. */
  NAME,
  /** A string value. */
  STRING,
  /** A number. */
  NUMBER,
  /** {@code true}. */
  TRUE,
  /** {@code false}. */
  FALSE,
  /** {@code null}. */
  NULL,
  /** The text is over and was well-formed. */
  END,
  /** The text is not well-formed; every later token is this one too. */
  FAULT
}
