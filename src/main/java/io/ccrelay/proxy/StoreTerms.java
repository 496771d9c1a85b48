package io.ccrelay.proxy;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Entry;
import io.ccrelay.cache.Key;
import io.ccrelay.http.Fields;
import io.ccrelay.llm.AnswerFacts;
import io.ccrelay.llm.AnswerJudge;
import io.ccrelay.llm.PassReason;
import io.ccrelay.llm.ReplayFields;
import io.ccrelay.llm.RequestParts;
import io.ccrelay.llm.ResponsesOptions;
import io.ccrelay.llm.Route;
import io.ccrelay.llm.Verdict;
import io.ccrelay.llm.sse.StreamRecorder;
import io.ccrelay.upstream.Upstream;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * On what terms an answer may become an entry. Immutable.
 *
 * @param key under which key
 * @param route what was asked
 * @param write whether it may be stored at all
 * @param options the options that hold for the request
 * @param freshFor how long it will be fresh
 * @param staleFor how long it may serve beyond that
 * @param tags surrogate tags
 * @param attributes what the entry is made of
 */
record StoreTerms(
    Key key,
    Route route,
    boolean write,
    ResponsesOptions options,
    Duration freshFor,
    Duration staleFor,
    List<String> tags,
    Map<String, String> attributes) {

  /** The field of a hit that carries the provider's own id of the exchange. */
  static final String ORIGIN_REQUEST_ID = "X-CC-Relay-Cache-Origin-Request-Id";

  /** The attribute that lists tool call ids, comma-separated. */
  static final String TOOL_IDS = "toolIds";

  /** The attribute that tells what the request was made of. */
  static final String PARTS = "parts";

  /** Whether an upstream that answered {@code status} might answer better the next time. */
  static boolean worthAnotherTry(int status) {
    return status == 408 || status == 429 || status >= 500;
  }

  /** The same for an entry that is made of {@code more} too. */
  StoreTerms and(Map<String, String> more) {
    var all = new HashMap<>(attributes);
    all.putAll(more);
    return new StoreTerms(key, route, write, options, freshFor, staleFor, tags, all);
  }

  long maxEntryBytes() {
    return options.maxEntryBytes();
  }

  boolean finishAfterDisconnect() {
    return write && options.finishAfterDisconnect();
  }

  /** A recorder for a stream that may be stored and shared. */
  Optional<StreamRecorder> recorder(Upstream.Answer answer) {
    return streamRefusal(answer).isEmpty()
        ? Optional.of(new StreamRecorder(route, maxEntryBytes()))
        : Optional.empty();
  }

  /** Why the stream that {@code answer} begins is for one client only. */
  Optional<PassReason> streamRefusal(Upstream.Answer answer) {
    return write
        ? AnswerJudge.refusalOfHead(answer.status(), answer.fields(), answer.closeDelimited())
        : Optional.of(PassReason.NO_STORE);
  }

  /** Judges a whole answer. */
  Verdict judgeWhole(Upstream.Answer answer, Bytes body) {
    return write
        ? AnswerJudge.judgeJson(
            route, answer.status(), answer.fields(), body, answer.closeDelimited(), options)
        : new Verdict.Pass(PassReason.NO_STORE);
  }

  /** Judges a complete stream. */
  Verdict judgeStream(AnswerFacts facts) {
    return Verdict.judge(route, facts, options);
  }

  /**
   * The entry that {@code answer}, asked for at {@code askedAt} by a request of {@code parts}, is.
   */
  Entry entry(
      Upstream.Answer answer,
      Entry.Form form,
      Bytes body,
      Verdict.Keep keep,
      RequestParts parts,
      Instant askedAt,
      Instant now) {
    var about = new HashMap<>(attributes);
    if (!parts.isEmpty()) {
      about.put(PARTS, parts.encode());
    }
    if (!keep.facts().toolIds().isEmpty()) {
      about.put(TOOL_IDS, String.join(",", keep.facts().toolIds()));
    }
    return new Entry(
        answer.status(),
        form,
        now,
        freshFor,
        staleFor,
        replayed(answer.fields()),
        tags,
        about,
        keep.facts().usage(),
        body,
        askedAt);
  }

  private static Fields replayed(Fields answer) {
    Fields stored = ReplayFields.stored(answer);
    String origin = ReplayFields.originRequestId(answer);
    return origin.isEmpty() ? stored : stored.plus(ORIGIN_REQUEST_ID, origin);
  }
}
