package io.ccrelay.policy.expression;

import java.nio.charset.Charset;

/** A {@code System.Text.Encoding}. */
record TextEncoding(Charset charset) {

  @Override
  public String toString() {
    return "System.Text.Encoding";
  }
}
