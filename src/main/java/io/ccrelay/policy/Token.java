package io.ccrelay.policy;

/** A constant that documents write as a word. */
public interface Token {

  /** The word, as documents write it. */
  String token();
}
