package io.ccrelay.proxy.api;

import io.ccrelay.cache.PurgeSelector;
import io.ccrelay.http.Fields;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The tags an origin gives its responses to purge them by: {@code Surrogate-Key}, separated by
 * spaces, and {@code Cache-Tag}, separated by commas, as content delivery networks read them. Safe
 * for use from any context.
 */
final class SurrogateTags {

  /** Most tags of a response; those beyond are ignored. */
  static final int MOST = 128;

  private static final Pattern SPACES = Pattern.compile("[ \\t]+");
  private static final Pattern COMMAS = Pattern.compile(",");

  private SurrogateTags() {}

  /** The tags in {@code response}, none twice. */
  static List<String> of(Fields response) {
    return Stream.concat(
            split(response, "Surrogate-Key", SPACES), split(response, "Cache-Tag", COMMAS))
        .filter(tag -> !tag.isEmpty() && tag.length() <= PurgeSelector.LONGEST_VALUE)
        .distinct()
        .limit(MOST)
        .toList();
  }

  private static Stream<String> split(Fields response, String name, Pattern separator) {
    return response.all(name).stream().flatMap(separator::splitAsStream).map(String::strip);
  }
}
