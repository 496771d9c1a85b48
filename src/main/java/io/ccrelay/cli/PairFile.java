package io.ccrelay.cli;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Pairs of questions, one JSON object a line: {@code a}, {@code b}, {@code same}, {@code lang}. */
record PairFile(List<Line> lines) {

  /**
   * One pair.
   *
   * @param same whether one answer fits both
   * @param language a label, empty if there is none
   */
  record Line(String one, String other, boolean same, String language) {}

  /**
   * Reads {@code file}.
   *
   * @throws IOException naming the first line that is no pair
   */
  static PairFile read(Path file) throws IOException {
    var lines = new ArrayList<Line>();
    int number = 0;
    for (String text : Files.readAllLines(file)) {
      number++;
      if (!text.isBlank()) {
        lines.add(line(text, file.getFileName() + ":" + number));
      }
    }
    return new PairFile(List.copyOf(lines));
  }

  private static Line line(String text, String place) throws IOException {
    try {
      var pair = new JsonObject(text);
      Object same = pair.getValue("same");
      boolean known = same instanceof Boolean || same instanceof Number;
      if (pair.getValue("a") instanceof String one
          && pair.getValue("b") instanceof String other
          && known) {
        boolean is = same instanceof Boolean flag ? flag : ((Number) same).intValue() != 0;
        return new Line(one, other, is, pair.getString("lang", ""));
      }
    } catch (DecodeException | ClassCastException broken) {
      throw new IOException(place + ": not a JSON object", broken);
    }
    throw new IOException(place + ": needs texts a and b, and same: 1 or 0");
  }
}
