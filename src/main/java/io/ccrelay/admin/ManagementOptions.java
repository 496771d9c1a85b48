package io.ccrelay.admin;

import io.ccrelay.metrics.PriceTable;
import java.util.List;

/**
 * The {@code management} section.
 *
 * @param enabled false when {@code listen} is empty
 * @param host where to listen
 * @param port where to listen, 0 = any free port
 * @param tokens who may ask; one at least is required beyond loopback
 * @param prices what tokens cost, to tell savings in money
 */
public record ManagementOptions(
    boolean enabled, String host, int port, List<Token> tokens, PriceTable prices) {

  /** 127.0.0.1:9090 without a token. */
  public static final ManagementOptions DEFAULTS =
      new ManagementOptions(true, "127.0.0.1", 9090, List.of(), PriceTable.NONE);

  /**
   * A bearer token.
   *
   * @param name of its holder, for the audit log
   * @param secret what is presented
   * @param role what its holder may do
   */
  public record Token(String name, String secret, Role role) {

    @Override
    public String toString() {
      return "Token(" + name + ", " + role + ")";
    }
  }

  /** Makes the list immutable. */
  public ManagementOptions {
    tokens = List.copyOf(tokens);
  }

  /** The options with the one token {@code secret} that may do everything; empty = none. */
  public static List<Token> single(String secret) {
    return secret.isEmpty() ? List.of() : List.of(new Token("token", secret, Role.OPERATE));
  }

  @Override
  public String toString() {
    return "ManagementOptions(" + host + ":" + port + ")";
  }
}
