package io.ccrelay.config;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Texts such as {@code 8MiB} or {@code 1.5 GiB}, and plain numbers of bytes. */
final class Sizes {

  private static final Pattern SIZE =
      Pattern.compile("([0-9]{1,19}(?:\\.[0-9]{1,9})?) ?(B|KiB|MiB|GiB)?");

  private static final Map<String, Long> BYTES =
      Map.of("B", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30);

  private Sizes() {}

  /** The number of bytes {@code text} stands for; empty if it is none or not a whole one. */
  static Optional<Long> parse(String text) {
    var size = SIZE.matcher(text);
    if (!size.matches()) {
      return Optional.empty();
    }
    String unit = size.group(2) == null ? "B" : size.group(2);
    var bytes =
        new BigDecimal(size.group(1)).multiply(BigDecimal.valueOf(BYTES.getOrDefault(unit, 1L)));
    boolean exact =
        bytes.stripTrailingZeros().scale() <= 0
            && bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0;
    return exact ? Optional.of(bytes.longValue()) : Optional.empty();
  }
}
