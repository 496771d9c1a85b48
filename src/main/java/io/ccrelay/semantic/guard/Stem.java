package io.ccrelay.semantic.guard;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * Takes English inflection off words: plurals, {@code -ing}, {@code -ed}, {@code -ly}, irregular
 * forms, and the British spelling. Comparison and superlative stay: "larger" is not "large".
 */
final class Stem {

  private static final Map<String, String> IRREGULAR_VERBS =
      Words.groups(
          """
          go goes went gone going
          make makes made making
          take takes took taken taking
          get gets got gotten getting
          give gives gave given giving
          write writes wrote written writing
          buy buys bought buying
          bring brings brought bringing
          build builds built building
          begin begins began begun beginning
          break breaks broke broken breaking
          choose chooses chose chosen choosing
          come comes came coming
          drink drinks drank drunk drinking
          drive drives drove driven driving
          eat eats ate eaten eating
          fall falls fell fallen falling
          feel feels felt feeling
          find finds found finding
          fly flies flew flown flying
          forget forgets forgot forgotten forgetting
          grow grows grew grown growing
          hold holds held holding
          keep keeps kept keeping
          know knows knew known knowing
          lead leads led leading
          leave leaves leaving
          lose loses lost losing
          mean means meant
          meet meets met meeting
          pay pays paid paying
          run runs ran running
          say says said saying
          see sees saw seen seeing
          sell sells sold selling
          send sends sent sending
          sing sings sang sung singing
          sleep sleeps slept sleeping
          speak speaks spoke spoken speaking
          spend spends spent spending
          swim swims swam swum swimming
          teach teaches taught teaching
          tell tells told telling
          think thinks thought thinking
          throw throws threw thrown throwing
          understand understands understood understanding
          wear wears wore worn wearing
          win wins won winning
          lie lies lying
          die dies died dying
          tie ties tied tying
          become becomes became becoming
          beat beats beaten beating
          bend bends bent bending
          bind binds bound binding
          bite bites bit bitten biting
          bleed bleeds bled bleeding
          blow blows blew blown blowing
          catch catches caught catching
          deal deals dealt dealing
          dig digs dug digging
          draw draws drew drawn drawing
          feed feeds fed feeding
          fight fights fought fighting
          forbid forbids forbade forbidden forbidding
          forgive forgives forgave forgiven forgiving
          freeze freezes froze frozen freezing
          hang hangs hung hanging
          hear hears heard hearing
          hide hides hid hidden hiding
          lay lays laid laying
          lend lends lent lending
          light lights lit lighting
          ride rides rode ridden riding
          ring rings rang rung ringing
          rise rises rose risen rising
          seek seeks sought seeking
          shake shakes shook shaken shaking
          shoot shoots shot shooting
          shrink shrinks shrank shrunk shrinking
          sink sinks sank sunk sinking
          sit sits sat sitting
          slide slides slid sliding
          spin spins spun spinning
          stand stands stood standing
          steal steals stole stolen stealing
          stick sticks stuck sticking
          strike strikes struck stricken striking
          swear swears swore sworn swearing
          sweep sweeps swept sweeping
          swing swings swung swinging
          tear tears tore torn tearing
          wake wakes woke woken waking
          weave weaves wove woven weaving
          weep weeps wept weeping
          wind winds wound winding
          cost costs costing
          cut cuts cutting
          put puts putting
          set sets setting
          hit hits hitting
          let lets letting
          read reads reading
          shut shuts shutting
          split splits splitting
          spread spreads spreading
          """);

  private static final Map<String, String> IRREGULAR_NOUNS =
      Words.groups(
          """
          child children
          man men
          woman women
          person people persons
          foot feet
          tooth teeth
          mouse mice
          goose geese
          leaf leaves
          life lives
          knife knives
          wife wives
          half halves
          analysis analyses
          crisis crises
          criterion criteria
          phenomenon phenomena
          datum data
          news news
          """);

  private static final Pattern ISE = Pattern.compile("(?<=[lmnrt])is(e|es|ed|ing|ation|ations)$");
  private static final Pattern OUR = Pattern.compile("our(s|ed|ing|ful|ite)$");

  private Stem() {}

  /** The stem of a lower-case {@code word}, synonyms made one. */
  static String of(String word) {
    return Synonyms.find(word).orElseGet(() -> inflected(word));
  }

  /** Whether {@code word} has the form of a past tense or a past participle. */
  static boolean isPast(String word) {
    String verb = IRREGULAR_VERBS.get(word);
    boolean irregular = verb != null && !verb.equals(word) && !word.endsWith("s");
    boolean regular = word.length() > 3 && word.endsWith("ed") && !word.endsWith("eed");
    return !isIng(word) && (irregular || (verb == null && regular));
  }

  /** Whether {@code word} has the form of a present participle or gerund. */
  static boolean isIng(String word) {
    return word.length() > 4 && word.endsWith("ing") && !word.endsWith("thing");
  }

  /** The word of which {@code word} is an irregular form, or the word itself. */
  static String base(String word) {
    String verb = IRREGULAR_VERBS.get(word);
    return verb == null ? IRREGULAR_NOUNS.getOrDefault(word, word) : verb;
  }

  private static String inflected(String word) {
    String irregular = IRREGULAR_VERBS.getOrDefault(word, IRREGULAR_NOUNS.get(word));
    return irregular == null
        ? suffixless(word)
        : Synonyms.find(irregular).orElseGet(() -> suffixless(irregular));
  }

  private static String suffixless(String word) {
    String form = british(word);
    if (form.length() <= 3 || !isLatin(form)) {
      return form;
    }
    String singular = plural(form);
    return Synonyms.find(singular).orElseGet(() -> bare(verb(singular)));
  }

  /** Without the endings that hide the likeness of "use", "using" and "quick", "quickly". */
  private static String bare(String verb) {
    String form = verb.length() > 5 && verb.endsWith("ly") ? drop(verb, 2) : verb;
    String whole = Synonyms.find(form).or(() -> Synonyms.find(form + "e")).orElse(form);
    return !whole.equals(form)
        ? whole
        : form.length() > 3 && form.endsWith("e") ? drop(form, 1) : form;
  }

  private static boolean isLatin(String word) {
    return word.chars().allMatch(letter -> letter >= 'a' && letter <= 'z');
  }

  private static String british(String word) {
    if (word.length() > 5 && word.endsWith("our")) {
      return drop(word, 2) + "r";
    }
    return word.length() > 5
        ? OUR.matcher(ISE.matcher(word).replaceFirst("iz$1")).replaceFirst("or$1")
        : word;
  }

  private static String plural(String word) {
    if (word.endsWith("ies") && word.length() > 4) {
      return drop(word, 3) + "y";
    }
    if (word.endsWith("sses")
        || word.endsWith("ches")
        || word.endsWith("shes")
        || word.endsWith("xes")) {
      return drop(word, 2);
    }
    boolean plural =
        word.endsWith("s") && !word.endsWith("ss") && !word.endsWith("us") && !word.endsWith("is");
    return plural ? drop(word, 1) : word;
  }

  private static String verb(String word) {
    if (word.endsWith("ied") && word.length() > 4) {
      return drop(word, 3) + "y";
    }
    if (word.endsWith("ing") && word.length() > 5) {
      return undoubled(drop(word, 3));
    }
    if (word.endsWith("ed") && word.length() > 4 && !word.endsWith("eed")) {
      return undoubled(drop(word, 2));
    }
    return word;
  }

  private static String undoubled(String word) {
    int last = word.length() - 1;
    boolean doubled =
        last > 1
            && word.charAt(last) == word.charAt(last - 1)
            && "lsz".indexOf(word.charAt(last)) < 0;
    return doubled ? drop(word, 1) : word;
  }

  private static String drop(String word, int letters) {
    return word.substring(0, word.length() - letters);
  }
}
