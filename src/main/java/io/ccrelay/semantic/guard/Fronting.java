package io.ccrelay.semantic.guard;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts a circumstance that stands before a question behind it: "in Java, how do I sort a list" asks
 * what "how do I sort a list in Java" asks.
 */
final class Fronting {

  private static final Pattern FRONTED =
      Pattern.compile(
          "(?is)^\\s*((?:in|on|at|with|for|during|when|if|after|before|as|from|under|without|while|using|by)\\s[^,.?!:;]{2,80}),\\s+"
              + "((?:what|which|who|whom|whose|when|where|why|how|is|are|was|were|do|does|did|can|could|should"
              + "|will|would|has|have|write|give|show|list|name|explain|describe|find|suggest|recommend)\\b[^.!?:;]*)([.?!]*)\\s*$");

  private Fronting() {}

  /** {@code text} with its circumstance last. */
  static String undone(String text) {
    Matcher fronted = FRONTED.matcher(text);
    if (!fronted.matches()) {
      return text;
    }
    String circumstance = fronted.group(1);
    return fronted.group(2)
        + " "
        + Character.toLowerCase(circumstance.charAt(0))
        + circumstance.substring(1)
        + fronted.group(3);
  }
}
