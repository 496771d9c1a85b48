package io.ccrelay.semantic.guard;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Objects when one prompt has a word and the other, in its place, the opposite. */
final class AntonymGuard implements Guard {

  private static final Map<String, Set<String>> OPPOSITES =
      Words.opposites(
          """
          big/small large/small large/little biggest/smallest largest/smallest bigger/smaller
          high/low higher/lower highest/lowest tall/short long/short longest/shortest longer/shorter
          hot/cold hotter/colder hottest/coldest warm/cool fast/slow faster/slower fastest/slowest
          old/new old/young older/newer older/younger oldest/newest oldest/youngest
          good/bad better/worse best/worst more/less more/fewer most/least many/few much/little
          increase/decrease increase/reduce raise/lower gain/lose grow/shrink rise/fall expand/contract
          add/remove add/subtract insert/delete create/delete create/destroy build/destroy
          open/close start/stop start/end begin/end begin/finish enable/disable allow/deny allow/forbid
          accept/reject accept/refuse buy/sell lend/borrow give/take send/receive push/pull
          import/export upload/download install/uninstall encrypt/decrypt encode/decode
          lock/unlock connect/disconnect attach/detach mount/unmount login/logout sign/resign
          up/down in/out on/off inside/outside above/below over/under before/after
          left/right top/bottom front/back north/south east/west first/last early/late earlier/later
          earliest/latest always/never all/none everything/nothing always/sometimes
          win/lose succeed/fail pass/fail love/hate like/dislike agree/disagree
          advantage/disadvantage pro/con benefit/drawback strength/weakness
          male/female man/woman boy/girl husband/wife father/mother brother/sister son/daughter
          legal/illegal safe/dangerous safe/unsafe easy/difficult easy/hard cheap/expensive
          cheapest/dearest light/dark light/heavy full/empty wet/dry clean/dirty strong/weak
          rich/poor public/private positive/negative maximum/minimum max/min upper/lower
          ascending/descending horizontal/vertical internal/external indoor/outdoor
          active/passive active/inactive sync/async synchronous/asynchronous static/dynamic
          mutable/immutable serialize/deserialize compress/decompress zip/unzip show/hide
          input/output read/write question/answer cause/effect buyer/seller employer/employee
          arrive/depart arrival/departure enter/leave entrance/exit attack/defend for/against
          lossy/lossless visible/invisible possible/impossible with/without hire/fire
          freeze/melt heat/cool tighten/loosen widen/narrow deepen/flatten simplify/complicate
          freezing/boiling sunrise/sunset day/night morning/evening summer/winter
          """);

  private static final List<String> NEGATING = List.of("un", "in", "im", "il", "ir", "non", "dis");
  private static final int SHORTEST = 4;

  @Override
  public boolean objects(Prompt one, Prompt other) {
    return opposes(one, other)
        || opposes(other, one)
        || isNegated(one, other)
        || isNegated(other, one);
  }

  /** "Necessary" here and "unnecessary" there, or "useful" and "useless". */
  private static boolean isNegated(Prompt one, Prompt other) {
    for (Word word : one.words()) {
      String text = word.text();
      if (text.length() >= SHORTEST
          && !other.says(text)
          && opposites(text).anyMatch(opposite -> other.says(opposite) && !one.says(opposite))) {
        return true;
      }
    }
    return false;
  }

  private static Stream<String> opposites(String text) {
    Stream<String> prefixed = NEGATING.stream().map(prefix -> prefix + text);
    return text.endsWith("ful")
        ? Stream.concat(prefixed, Stream.of(text.substring(0, text.length() - 3) + "less"))
        : prefixed;
  }

  private static boolean opposes(Prompt one, Prompt other) {
    for (Word word : one.words()) {
      Set<String> opposites = opposites(word);
      boolean replaced =
          !opposites.isEmpty()
              && !other.means(word.stem())
              && other.words().stream()
                  .anyMatch(there ->
                      (opposites.contains(there.text()) || opposites.contains(there.stem()))
                          && !one.means(there.stem()));
      if (replaced) {
        return true;
      }
    }
    return false;
  }

  private static Set<String> opposites(Word word) {
    Set<String> exact = OPPOSITES.get(word.text());
    return exact == null ? OPPOSITES.getOrDefault(word.stem(), Set.of()) : exact;
  }
}
