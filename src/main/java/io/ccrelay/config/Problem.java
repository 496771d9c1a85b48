package io.ccrelay.config;

/**
 * Something wrong, or worth a warning, in a configuration file.
 *
 * @param file name of the file as it was given
 * @param line counted from 1, 0 = the file as a whole
 * @param column counted from 1, 0 = unknown
 * @param path the setting, such as {@code server.listen}; empty where none is concerned
 * @param message what is wrong and what was expected; never the value of a secret
 */
public record Problem(String file, int line, int column, String path, String message) {

  /** As compilers print it: {@code conf.yaml:12:5: server.listen: must be host:port}. */
  @Override
  public String toString() {
    var text = new StringBuilder(file);
    if (line > 0) {
      text.append(':').append(line).append(':').append(column);
    }
    text.append(": ");
    if (!path.isEmpty()) {
      text.append(path).append(": ");
    }
    return text.append(message).toString();
  }
}
