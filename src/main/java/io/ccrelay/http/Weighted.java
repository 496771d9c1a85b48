package io.ccrelay.http;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A member of a field that ranks by weight (RFC 9110 section 12.4.2).
 *
 * @param name the member in lower case, its weight left out
 * @param weight thousandths, 0 = not acceptable, 1000 unless given
 */
record Weighted(String name, int weight) {

  static final Comparator<Weighted> BY_WEIGHT_THEN_NAME =
      Comparator.comparingInt(Weighted::weight).reversed().thenComparing(Weighted::name);

  private static final int FULL = 1000;

  private static final Pattern FORM =
      Pattern.compile("([^;]*?)[ \t]*;[ \t]*q=(0(?:\\.[0-9]{0,3})?|1(?:\\.0{0,3})?)");

  /** The members of {@code value} in order; one whose weight is malformed is kept as a name. */
  static List<Weighted> list(String value) {
    return ListMembers.of(value).stream().map(Weighted::of).toList();
  }

  String text() {
    return weight == FULL ? name : name + ";q=" + weight;
  }

  private static Weighted of(String member) {
    Matcher form = FORM.matcher(ListMembers.lower(member));
    return form.matches()
        ? new Weighted(form.group(1), thousandths(form.group(2)))
        : new Weighted(ListMembers.lower(member), FULL);
  }

  private static int thousandths(String weight) {
    String digits = weight.replace(".", "");
    return Integer.parseInt((digits + "000").substring(0, 4));
  }
}
