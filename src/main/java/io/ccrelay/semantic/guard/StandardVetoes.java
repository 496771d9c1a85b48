package io.ccrelay.semantic.guard;

import io.ccrelay.semantic.Veto;
import io.ccrelay.semantic.Vetoes;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * All vetoes. They hold for what is said in English; prompts in other languages must be the same
 * word for word. Safe for use from any context; the first comparison reads the thesaurus and the
 * lexicon, which takes some tenths of a second, and so belongs on a worker.
 */
public final class StandardVetoes implements Vetoes {

  /** Longer prompts are not compared: a part of them could decide everything. */
  public static final int LONGEST = 4000;

  private static final Map<Veto, Guard> GUARDS = new EnumMap<>(Veto.class);

  static {
    GUARDS.put(Veto.SLOT, new SlotGuard());
    GUARDS.put(Veto.SCOPE, new ScopeGuard().or(new CountGuard()));
    GUARDS.put(Veto.NUMBER, new NumberGuard());
    GUARDS.put(Veto.UNIT, new UnitGuard());
    GUARDS.put(Veto.NEGATION, new NegationGuard());
    GUARDS.put(Veto.QUOTE, new QuoteGuard());
    GUARDS.put(Veto.IDENTIFIER, new IdentifierGuard());
    GUARDS.put(Veto.SCRIPT, new ScriptGuard());
    GUARDS.put(Veto.LANGUAGE, new LanguageGuard());
    GUARDS.put(Veto.DIRECTION, new DirectionGuard().or(new OrderGuard()));
    GUARDS.put(Veto.BINDING, new BindingGuard().or(new SmallWordGuard()).or(new DeterminerGuard()));
    GUARDS.put(Veto.INFLECTION, new InflectionGuard());
    GUARDS.put(Veto.ANTONYM, new AntonymGuard());
    GUARDS.put(Veto.TIME, new TimeGuard().or(new TenseGuard()));
    GUARDS.put(Veto.FORMAT, new FormatGuard());
    GUARDS.put(Veto.ENTITY, new EntityGuard());
  }

  private final RecentPrompts recent = new RecentPrompts();
  private final Optional<Double> reworded;

  /** Vetoes that forgive no wording. */
  public StandardVetoes() {
    this(Optional.empty());
  }

  /**
   * Vetoes that take a question in other words for the same from a similarity of {@code reworded}
   * on, by the embedder at hand; absent = never.
   */
  public StandardVetoes(Optional<Double> reworded) {
    this.reworded = reworded;
  }

  @Override
  public Set<Veto> between(String asked, String stored, double similarity) {
    return between(asked, stored, similarity, PromptReader::read);
  }

  @Override
  public Set<Veto> between(Partition partition, String asked, String stored, double similarity) {
    return between(asked, stored, similarity, text -> recent.of(partition, text));
  }

  private Set<Veto> between(
      String asked, String stored, double similarity, Function<String, Prompt> reading) {
    if (asked.length() > LONGEST || stored.length() > LONGEST) {
      return asked.equals(stored) ? Set.of() : Set.of(Veto.UNREADABLE);
    }
    Thesaurus.load();
    Lexicon.load();
    Prompt one = reading.apply(asked);
    Prompt other = reading.apply(stored);
    Set<Veto> vetoes = between(one, other);
    boolean alike = reworded.isPresent() && similarity >= reworded.get();
    return !vetoes.isEmpty() && alike && Rewording.explains(vetoes, one, other) ? Set.of() : vetoes;
  }

  private static Set<Veto> between(Prompt asked, Prompt stored) {
    if (asked.isEmpty() || stored.isEmpty()) {
      return Set.of(Veto.UNREADABLE);
    }
    if (asked.isText() || stored.isText()) {
      return asked.saysWhat(stored) ? Set.of() : Set.of(Veto.UNREADABLE);
    }
    return against(Likening.made(Slips.forgiven(asked, stored)));
  }

  private static Set<Veto> against(Slips.Pair pair) {
    var vetoes = EnumSet.noneOf(Veto.class);
    GUARDS.forEach((veto, guard) -> {
      if (guard.objects(pair.one(), pair.other())) {
        vetoes.add(veto);
      }
    });
    return vetoes;
  }
}
