package io.ccrelay.cli.warm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of requests, one JSON object a line, and the note of how many of its lines are done.
 *
 * @param file the requests
 */
public record WarmFile(Path file) {

  /** A line that is not a request. */
  public static final class BadLineException extends Exception {
    private static final long serialVersionUID = 1;

    BadLineException(Path file, int line, String why) {
      super(file + ":" + line + ": " + why);
    }
  }

  /**
   * All requests; empty lines are none.
   *
   * @throws BadLineException naming the first line that cannot be read
   */
  List<WarmRequest> read() throws IOException, BadLineException {
    var requests = new ArrayList<WarmRequest>();
    int number = 0;
    for (String line : Files.readAllLines(file)) {
      number++;
      if (!line.isBlank()) {
        try {
          requests.add(WarmRequest.parse(line));
        } catch (IllegalArgumentException wrong) {
          throw new BadLineException(file, number, String.valueOf(wrong.getMessage()));
        }
      }
    }
    return requests;
  }

  /** How many requests a run before has done, 0 if the note is missing or cannot be read. */
  int done() throws IOException {
    if (!Files.exists(note())) {
      return 0;
    }
    try {
      return Math.max(0, Integer.parseInt(Files.readString(note()).strip()));
    } catch (NumberFormatException damaged) {
      return 0;
    }
  }

  /** Notes that the first {@code requests} are done. */
  void note(int requests) throws IOException {
    Files.writeString(note(), requests + "\n");
  }

  /** All are done, or the next run shall begin anew. */
  void forget() throws IOException {
    Files.deleteIfExists(note());
  }

  /** The file with the note. */
  public Path note() {
    return file.resolveSibling(file.getFileName() + ".done");
  }
}
