package io.ccrelay.llm;

import java.util.ArrayList;
import java.util.List;

/** The members of a field value that is a comma list (RFC 9110 section 5.6.1). */
final class ListMembers {

  private ListMembers() {}

  /**
   * The members without the blanks around them, empty ones left out; a comma within a quoted string
   * does not separate. A quotation that has no end takes the rest.
   */
  static List<String> of(String value) {
    var members = new ArrayList<String>(4);
    boolean quoted = false;
    int start = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (quoted && c == '\\') {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        add(value.substring(start, i), members);
        start = i + 1;
      }
    }
    add(value.substring(start), members);
    return members;
  }

  private static void add(String member, List<String> members) {
    String stripped = member.strip();
    if (!stripped.isEmpty()) {
      members.add(stripped);
    }
  }
}
