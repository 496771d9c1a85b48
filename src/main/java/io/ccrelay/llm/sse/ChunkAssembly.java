package io.ccrelay.llm.sse;

import io.ccrelay.cache.Bytes;
import io.ccrelay.llm.sse.Json.Arr;
import io.ccrelay.llm.sse.Json.Obj;
import java.util.TreeMap;

/**
 * A completion of the OpenAI dialect, chat or legacy: chunks whose choices are merged by index,
 * each with a {@code finish_reason} at last, then {@code [DONE]}. Confined to one context.
 */
final class ChunkAssembly implements Assembly {

  /** Data of the last event. */
  static final Bytes DONE = Bytes.utf8("[DONE]");

  private final String object;
  private final Merge answer = new Merge();
  private final TreeMap<Integer, ChoiceAssembly> choices = new TreeMap<>();

  /** An answer whose JSON form is the {@code object} named. */
  ChunkAssembly(String object) {
    this.object = object;
  }

  @Override
  public Step accept(Event event) {
    if (event.data().equals(DONE)) {
      return isWhole() ? Step.COMPLETES : Step.VIOLATES;
    }
    if (event.name().equals("error")) {
      return Step.FAILS;
    }
    return JsonReader.readObject(event.data()).map(this::take).orElse(Step.VIOLATES);
  }

  private Step take(Obj chunk) {
    if (chunk.says("error")) {
      return Step.FAILS;
    }
    if (!(chunk.get("choices") instanceof Arr(var items))) {
      return Step.VIOLATES;
    }
    chunk.members().forEach(this::member);
    for (var item : items) {
      if (!(item instanceof Obj choice) || choice.index("index") < 0) {
        return Step.VIOLATES;
      }
      choices.computeIfAbsent(choice.index("index"), ChoiceAssembly::new).add(choice);
    }
    return Step.GOES_ON;
  }

  private void member(String name, Json value) {
    switch (name) {
      case "choices", "object", "obfuscation" -> {}
      case "id", "created", "model" -> answer.first(name, value);
      case "usage" -> answer.last(name, value);
      default -> answer.same(name, value);
    }
  }

  private boolean isWhole() {
    return !choices.isEmpty() && choices.values().stream().allMatch(ChoiceAssembly::isFinished);
  }

  @Override
  public Bytes json() {
    var folded = new Obj();
    answer.object().members().forEach(folded::put);
    folded.put("object", new Json.Text(object));
    folded.put("choices", new Arr(choices.values().stream().map(ChoiceAssembly::choice).toList()));
    return folded.toBytes();
  }

  @Override
  public boolean lossless() {
    return answer.lossless() && choices.values().stream().allMatch(ChoiceAssembly::lossless);
  }
}
