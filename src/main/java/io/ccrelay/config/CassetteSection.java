package io.ccrelay.config;

import io.ccrelay.cassette.CassetteOptions;
import io.ccrelay.cassette.CassetteOptions.Mode;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads {@code mode} and {@code cassette} of {@code cache.responses}. */
final class CassetteSection {

  private CassetteSection() {}

  static CassetteOptions read(Section responses) {
    Mode mode = responses.choice("mode", Mode.NORMAL, modes());
    String file = responses.text("cassette", "");
    if (mode != Mode.NORMAL && file.isEmpty()) {
      responses.problem("mode", "needs a file (expected: cassette beside it)");
    }
    return mode == Mode.NORMAL ? CassetteOptions.NONE : new CassetteOptions(mode, file);
  }

  private static Map<String, Mode> modes() {
    var modes = new LinkedHashMap<String, Mode>();
    modes.put("normal", Mode.NORMAL);
    modes.put("record", Mode.RECORD);
    modes.put("replay", Mode.REPLAY);
    modes.put("hybrid", Mode.HYBRID);
    return modes;
  }
}
