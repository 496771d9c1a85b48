package io.ccrelay.semantic;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts what the semantic cache did. Safe for use from any context. */
final class SemanticCounts {

  final LongAdder asked = new LongAdder();
  final LongAdder matched = new LongAdder();
  final LongAdder served = new LongAdder();
  final LongAdder remembered = new LongAdder();
  private final Map<Veto, LongAdder> vetoes = new EnumMap<>(Veto.class);
  private final Map<Finding.Absence, LongAdder> absences = new EnumMap<>(Finding.Absence.class);
  private final Map<EmbeddingException.Reason, LongAdder> failures =
      new EnumMap<>(EmbeddingException.Reason.class);

  SemanticCounts() {
    for (Veto veto : Veto.values()) {
      vetoes.put(veto, new LongAdder());
    }
    for (Finding.Absence absence : Finding.Absence.values()) {
      absences.put(absence, new LongAdder());
    }
    for (EmbeddingException.Reason reason : EmbeddingException.Reason.values()) {
      failures.put(reason, new LongAdder());
    }
  }

  void found(Finding finding) {
    switch (finding) {
      case Finding.Serve _ -> {
        matched.increment();
        served.increment();
      }
      case Finding.Observe _ -> matched.increment();
      case Finding.Nothing(var absence, var met) -> {
        at(absences, absence).increment();
        met.forEach(veto -> at(vetoes, veto).increment());
      }
    }
  }

  void failed(Throwable failure) {
    at(
            failures,
            failure instanceof EmbeddingException known
                ? known.reason()
                : EmbeddingException.Reason.UNAVAILABLE)
        .increment();
  }

  Map<Veto, LongAdder> vetoes() {
    return vetoes;
  }

  Map<Finding.Absence, LongAdder> absences() {
    return absences;
  }

  Map<EmbeddingException.Reason, LongAdder> failures() {
    return failures;
  }

  private static <K> LongAdder at(Map<K, LongAdder> map, K key) {
    return java.util.Objects.requireNonNull(map.get(key));
  }
}
