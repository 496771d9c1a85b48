package io.ccrelay.http;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * The names by which an origin wants to drop groups of responses: members of {@code Surrogate-Key},
 * which blanks part, and of {@code Cache-Tag}, which commas part. No RFC has them; both spellings
 * are in wide use. Safe for use from any context.
 */
public final class SurrogateTags {

  private SurrogateTags() {}

  /** The tags of a response, each once, in order. */
  public static List<String> of(Fields response) {
    var tags = new LinkedHashSet<String>();
    for (String line : response.all("Surrogate-Key")) {
      tags.addAll(Arrays.asList(line.split("[ \t]+", -1)));
    }
    for (String line : response.all("Cache-Tag")) {
      tags.addAll(ListMembers.of(line));
    }
    tags.remove("");
    return List.copyOf(tags);
  }
}
