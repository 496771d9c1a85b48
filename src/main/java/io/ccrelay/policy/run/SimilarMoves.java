package io.ccrelay.policy.run;

import io.ccrelay.cache.Entry;
import io.ccrelay.cache.EntryFormat;
import io.ccrelay.cache.Key;
import io.ccrelay.policy.CachePolicy.CachingType;
import io.ccrelay.policy.EffectivePolicy;
import io.ccrelay.policy.LlmPolicy.EmbeddingsAuth;
import io.ccrelay.policy.LlmPolicy.SemanticLookup;
import io.ccrelay.policy.LlmPolicy.SemanticStore;
import io.ccrelay.policy.run.Dialogue.Line;
import io.ccrelay.policy.run.Effect.LookupSimilar;
import io.ccrelay.policy.run.Effect.RememberSimilar;
import io.ccrelay.policy.run.Effect.Write;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * {@code llm-semantic-cache-lookup} and {@code -store}: answers to similar prompts. What goes wrong
 * is a miss; a call never fails by it.
 */
final class SimilarMoves {

  private static final String LOOKUP = "llm-semantic-cache-lookup";
  private static final String STORE = "llm-semantic-cache-store";

  /** Whose tokens services of embeddings ask for. */
  private static final String EMBEDDINGS = "https://cognitiveservices.azure.com/";

  private final EffectivePolicy policy;
  private final Conversation conversation;
  private final Values values;

  SimilarMoves(EffectivePolicy policy, Conversation conversation, Values values) {
    this.policy = policy;
    this.conversation = conversation;
    this.values = values;
  }

  Move lookup(SemanticLookup statement) {
    Optional<Prompt> read = prompt(statement);
    conversation.prompt(read);
    OptionalInt next = policy.afterSemanticStore();
    if (read.isEmpty() || next.isEmpty()) {
      conversation.trace(LOOKUP, "The cache is not looked at for this request.");
      return Move.NEXT;
    }
    if (statement.embeddingsBackendAuth() == EmbeddingsAuth.HEADER || !read.get().anonymous()) {
      return lookup(statement, read.get(), next.getAsInt());
    }
    return new Move.Ask(
        new Effect.Identify(EMBEDDINGS, Optional.empty()),
        answer -> {
          Prompt prompt =
              answer instanceof Answer.Text(String token) ? read.get().by(token) : read.get();
          conversation.prompt(Optional.of(prompt));
          return lookup(statement, prompt, next.getAsInt());
        });
  }

  private Move lookup(SemanticLookup statement, Prompt prompt, int next) {
    double distance = values.of(statement.scoreThreshold());
    return new Move.Ask(
        new LookupSimilar(prompt, distance, prompt.cache()),
        answer ->
            answer instanceof Answer.Found(var bytes) && bytes.isPresent()
                ? EntryFormat.decode(bytes.get())
                    .map(entry -> hit(entry, next))
                    .orElseGet(this::miss)
                : miss());
  }

  private Move miss() {
    conversation.trace(LOOKUP, "No stored answer to a similar prompt.");
    return Move.NEXT;
  }

  private Move hit(Entry entry, int next) {
    conversation.trace(LOOKUP, "The stored answer to a similar prompt will be used.");
    conversation.hit(ValueFormat.response(entry));
    return new Move.ToOutbound(next);
  }

  private Optional<Prompt> prompt(SemanticLookup statement) {
    Content body = conversation.request().body();
    boolean ignoreSystem = values.of(statement.ignoreSystemMessages());
    Optional<Integer> most = values.of(statement.maxMessageCount());
    return Optional.ofNullable(body)
        .flatMap(content -> Dialogue.of(content.remaining().toUtf8()))
        .filter(dialogue -> most.isEmpty() || dialogue.lines().size() <= most.get())
        .flatMap(dialogue -> prompt(statement, dialogue, dialogue.compared(ignoreSystem)));
  }

  private Optional<Prompt> prompt(SemanticLookup statement, Dialogue dialogue, List<Line> lines) {
    String text = text(lines);
    if (text.isBlank()) {
      return Optional.empty();
    }
    String backend = values.of(statement.embeddingsBackendId());
    var subscription = conversation.subscription();
    return Optional.of(
        new Prompt(
            Optional.ofNullable(conversation.surroundings().backends().get(backend)),
            partition(statement, backend, dialogue, lines),
            subscription == null ? "" : subscription.id(),
            text,
            cache(statement),
            Optional.empty()));
  }

  /** The names are those of the configuration, checked at load. */
  private static CachingType cache(SemanticLookup statement) {
    return statement
        .cacheId()
        .map(id -> id.equals("internal") ? CachingType.INTERNAL : CachingType.EXTERNAL)
        .orElse(CachingType.PREFER_EXTERNAL);
  }

  /** Everything but the words: who spoke in which order is part of it, too. */
  private Key partition(
      SemanticLookup statement, String backend, Dialogue dialogue, List<Line> lines) {
    var url = conversation.request().url();
    var parts = new ArrayList<String>();
    parts.add("similar");
    parts.add(conversation.deployment().serviceId());
    parts.add(conversation.api().id() + ";rev=" + conversation.api().revision());
    parts.add(conversation.operation().id());
    parts.add(url.host() + ":" + url.port() + url.path() + conversation.request().query());
    parts.add(backend);
    parts.add(cache(statement).token());
    parts.add(lines.stream().map(Line::role).collect(Collectors.joining(",")));
    parts.add(dialogue.rest());
    statement.varyBy().forEach(value -> parts.add(values.of(value)));
    return Keys.of(parts.toArray(String[]::new));
  }

  /** A single line stands for itself; several say who speaks. */
  private static String text(List<Line> lines) {
    return lines.size() == 1
        ? lines.getFirst().text()
        : lines.stream()
            .map(line -> line.role() + ": " + line.text())
            .collect(Collectors.joining("\n"));
  }

  Move store(SemanticStore statement) {
    Optional<Prompt> asked = conversation.prompt();
    int seconds = values.of(statement.duration());
    boolean anyStatus = values.of(statement.cacheResponse());
    Response response = conversation.response();
    if (asked.isEmpty() || seconds <= 0 || !isStorable(response, anyStatus)) {
      conversation.trace(STORE, "The response is not stored.");
      return Move.NEXT;
    }
    Duration ttl = Duration.ofSeconds(seconds);
    Prompt prompt = asked.get();
    var slot =
        new Slot(
            Keys.of("similar-answer", prompt.partition().hex(), prompt.text()), prompt.cache());
    var bytes = EntryFormat.encode(ValueFormat.entry(response, conversation.now(), ttl));
    conversation.trace(STORE, "The response is stored.");
    return Move.done(new RememberSimilar(prompt, new Write(slot, bytes, ttl)));
  }

  private boolean isStorable(Response response, boolean anyStatus) {
    return !conversation.hit()
        && response.onItsWay().isEmpty()
        && (anyStatus || response.statusCode() == 200)
        && response.held().size() > 0
        && response.held().size() <= conversation.surroundings().limits().maxStoredBytes();
  }
}
