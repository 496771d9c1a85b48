package io.ccrelay.proxy;

import io.ccrelay.cache.Entry;
import io.ccrelay.cache.Flights;
import io.ccrelay.cache.Lookup;
import io.ccrelay.llm.EntryFit;
import io.ccrelay.llm.Explanation;
import io.ccrelay.llm.LastQuestion;
import io.ccrelay.semantic.Finding;
import io.ccrelay.semantic.Likeness;
import io.ccrelay.semantic.Question;
import io.ccrelay.semantic.SemanticCache;
import io.ccrelay.semantic.SemanticOptions;
import io.ccrelay.semantic.StoredQuestion;
import io.ccrelay.semantic.VectorIndex.Item;
import io.vertx.core.Future;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request's dealings with the semantic cache: asks for a similar question once, and takes note
 * of the true answer when there is one. Confined to the request's context.
 */
final class SimilarQuestion {

  private static final Logger LOG = LoggerFactory.getLogger(SimilarQuestion.class);

  /** What would have been served, for comparison with the true answer. */
  private record Observed(Item item, Entry entry, double similarity) {}

  private final SemanticCache semantic;
  private final LlmRelay relay;
  private final LlmCall call;
  private final Question question;
  private Optional<Observed> observed = Optional.empty();

  private SimilarQuestion(SemanticCache semantic, LlmRelay relay, LlmCall call, Question question) {
    this.semantic = semantic;
    this.relay = relay;
    this.call = call;
    this.question = question;
  }

  /** The dealings of {@code call}; empty if the semantic cache is off or cannot help with it. */
  static Optional<SimilarQuestion> of(LlmRelay relay, LlmCall call) {
    return relay.semantic().flatMap(semantic -> eligible(semantic, relay, call));
  }

  private static Optional<SimilarQuestion> eligible(
      SemanticCache semantic, LlmRelay relay, LlmCall call) {
    Optional<String> unfit = unfit(semantic.options(), call);
    unfit.ifPresent(relay.meters()::reason);
    return unfit.isPresent()
        ? Optional.empty()
        : asked(call).map(question -> new SimilarQuestion(semantic, relay, call, question));
  }

  /** Why nothing similar to the question of {@code call} is looked for; empty if it is. */
  private static Optional<String> unfit(SemanticOptions options, LlmCall call) {
    if (call.request().temperature().orElse(1.0) > options.maxTemperature()) {
      return Optional.of("semantic-temperature");
    }
    return switch (call.meaning().question()) {
      case LastQuestion.Unfit(var reason) -> Optional.of(reason.token());
      case LastQuestion.Asked asked when asked.messages() > options.maxMessages() ->
          Optional.of("semantic-too-many-messages");
      case LastQuestion.Asked asked when asked.text().length() > options.maxQuestion() ->
          Optional.of("semantic-too-long");
      case LastQuestion.Asked _ -> Optional.empty();
    };
  }

  private static Optional<Question> asked(LlmCall call) {
    Meaning meaning = call.meaning();
    return meaning.question() instanceof LastQuestion.Asked asked
        ? Optional.of(new Question(meaning.partition(), meaning.scope(), asked.text()))
        : Optional.empty();
  }

  /** What {@code call} is most similar to, without serving or counting anything. Never fails. */
  static Future<Optional<Explanation.Similar>> explain(SemanticCache semantic, LlmCall call) {
    List<String> unfit = unfit(semantic.options(), call).stream().toList();
    return asked(call)
        .map(
            question -> semantic.likest(question).map(found -> found.map(it -> similar(it, unfit))))
        .orElseGet(() -> Future.succeededFuture(Optional.empty()));
  }

  private static Explanation.Similar similar(Likeness likeness, List<String> unfit) {
    List<String> against = Stream.concat(unfit.stream(), likeness.against().stream()).toList();
    return new Explanation.Similar(likeness.entry(), likeness.similarity(), against);
  }

  /** The stored answer to a similar question, if there is one that may be served. Never fails. */
  Future<Optional<Entry>> find(ReplyHead head) {
    return semantic
        .ask(question)
        .compose(finding ->
            switch (finding) {
              case Finding.Nothing(var absence, var _) -> {
                relay.meters().reason("semantic-" + absence.token());
                yield Future.succeededFuture(Optional.empty());
              }
              case Finding.Observe(Item item, double similarity, String why) -> {
                describe(head, similarity, "observed-" + why);
                yield read(item)
                    .onSuccess(found ->
                        observed = found.map(entry -> new Observed(item, entry, similarity)))
                    .map(Optional.empty());
              }
              case Finding.Serve(Item item, double similarity) -> {
                describe(head, similarity, "served");
                yield read(item);
              }
            })
        .otherwise(Optional.empty());
  }

  private void describe(ReplyHead head, double similarity, String what) {
    relay.meters().reason("semantic-" + what);
    if (call.controls().debug()) {
      String text = String.format(Locale.ROOT, "%.3f; %s", similarity, what);
      head.add("X-CC-Relay-Semantic-Similarity", text);
    }
  }

  /** The entry of {@code item}, read anew: the index only knows that it was there. */
  private Future<Optional<Entry>> read(Item item) {
    return relay
        .cache()
        .lookup(item.entry())
        .map(found -> {
          if (found instanceof Lookup.Hit(Entry entry)) {
            return Optional.of(entry).filter(this::fits);
          }
          if (found instanceof Lookup.Miss) {
            semantic.forget(item.entry());
          }
          return Optional.empty();
        });
  }

  private boolean fits(Entry entry) {
    return EntryFit.of(entry, call.controls(), call.options(), relay.clock().instant())
            instanceof EntryFit.Serves(boolean stale, boolean refresh)
        && !stale
        && !refresh;
  }

  /** The same order, for an entry that can be found by its question. */
  FetchOrder marked(FetchOrder order) {
    return new FetchOrder(
        order.keyed(), order.terms().and(StoredQuestion.attributes(question)), order.parts());
  }

  /** Makes the answer that {@code leader} completes with remembered, and compared. */
  Flights.Leader noting(Flights.Leader leader) {
    return new NotedLeader(leader, this::answered);
  }

  private void answered(Entry fresh) {
    var _ = semantic.remember(question, call.key(), fresh.storedAt().plus(fresh.retention()));
    observed.ifPresent(seen -> compare(seen, fresh));
  }

  private void compare(Observed seen, Entry fresh) {
    int bytes = seen.entry().body().size() + fresh.body().size();
    var _ =
        relay
            .offload()
            .rewriting(bytes, () -> new AnswerPair(call.route(), seen.entry(), fresh))
            .compose(pair ->
                pair.isComparable()
                    ? semantic.label(seen.item(), question.text(), pair.stored(), pair.fresh())
                    : Future.succeededFuture(Optional.<Boolean>empty()))
            .onSuccess(same -> same.ifPresent(right -> labelled(seen, right)));
  }

  private void labelled(Observed seen, boolean right) {
    relay.meters().reason(right ? "semantic-right" : "semantic-wrong");
    if (!right) {
      LOG.atInfo()
          .addKeyValue("asked", call.key().prefix())
          .addKeyValue("entry", seen.item().entry().prefix())
          .addKeyValue("similarity", String.format(Locale.ROOT, "%.3f", seen.similarity()))
          .log("the answer to a similar question was wrong");
    }
  }
}
