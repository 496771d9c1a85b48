package io.ccrelay.config;

import io.ccrelay.admin.ManagementOptions;
import io.ccrelay.admin.ManagementOptions.Token;
import io.ccrelay.admin.Role;
import io.ccrelay.metrics.PriceTable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads {@code management}. */
final class ManagementSection {

  private static final ManagementOptions DEFAULTS = ManagementOptions.DEFAULTS;

  private ManagementSection() {}

  static ManagementOptions read(Section management) {
    boolean off = management.text("listen").filter(String::isEmpty).isPresent();
    var listen =
        HostPort.read(management, "listen", new HostPort(DEFAULTS.host(), DEFAULTS.port()));
    List<Token> tokens = tokens(management);
    var prices =
        new PriceTable(management.sections("prices").stream().map(it -> price(it)).toList());
    management.finish(UnknownKeys.REFUSED);
    if (!off && !listen.loopback() && tokens.isEmpty()) {
      management.problem(
          "token",
          "is required because management.listen is not on loopback"
              + management.becauseUnset("token"));
    }
    return new ManagementOptions(!off, listen.host(), listen.port(), tokens, prices);
  }

  private static List<Token> tokens(Section management) {
    var tokens = new ArrayList<>(ManagementOptions.single(management.text("token", "")));
    for (Section token : management.sections("tokens")) {
      String name = token.text("name", "");
      String secret = token.text("token", "");
      String role = token.choice("role", "read", List.of("read", "operate"));
      token.finish(UnknownKeys.REFUSED);
      if (secret.isEmpty()) {
        token.problem("token", "is required" + token.becauseUnset("token"));
      } else {
        String holder = name.isEmpty() ? "token-" + (tokens.size() + 1) : name;
        tokens.add(new Token(holder, secret, Role.valueOf(role.toUpperCase(Locale.ROOT))));
      }
    }
    return tokens;
  }

  private static PriceTable.Row price(Section row) {
    String model = row.text("model", "*");
    double input = amount(row, "input");
    double output = amount(row, "output");
    row.finish(UnknownKeys.REFUSED);
    return new PriceTable.Row(model, input, output);
  }

  /** The price of a million tokens. */
  private static double amount(Section row, String key) {
    Optional<BigDecimal> amount = row.decimal(key);
    if (amount.filter(it -> it.signum() < 0).isPresent()) {
      row.problem(key, "must not be negative");
    }
    return amount.map(BigDecimal::doubleValue).orElse(0.0);
  }
}
