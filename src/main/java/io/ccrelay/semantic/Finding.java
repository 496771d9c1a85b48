package io.ccrelay.semantic;

import io.ccrelay.semantic.VectorIndex.Item;
import java.util.Set;

/** What the semantic cache found for a question. */
public sealed interface Finding {

  /** The answer of {@code item} may be served. */
  record Serve(Item item, double similarity) implements Finding {}

  /**
   * The answer of {@code item} would fit, and is compared with upstream's instead of being served.
   *
   * @param why {@code shadow}, {@code audit}, {@code bound} or {@code unproven}
   */
  record Observe(Item item, double similarity, String why) implements Finding {}

  /** Nothing fits. */
  record Nothing(Absence absence, Set<Veto> vetoes) implements Finding {

    /** Nothing, without a veto. */
    public Nothing(Absence absence) {
      this(absence, Set.of());
    }
  }

  /** Why nothing fits. */
  enum Absence {
    /** No question is similar enough. */
    NOTHING_NEAR("nothing-near"),
    /** The similar ones differ in something that matters. */
    VETOED("vetoed"),
    /** The similar one was wrong before. */
    QUARANTINED("quarantined"),
    /** There is no embedding, or it took too long. */
    NO_EMBEDDING("no-embedding");

    private final String token;

    Absence(String token) {
      this.token = token;
    }

    /** The word in logs and metrics. */
    public String token() {
      return token;
    }
  }
}
