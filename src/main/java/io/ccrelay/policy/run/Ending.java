package io.ccrelay.policy.run;

import io.ccrelay.http.Field;
import io.ccrelay.http.Fields;
import io.ccrelay.policy.run.Effect.Sent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The end of a run: the reply with all notices, and what is counted when it was sent. */
final class Ending {

  private final Conversation conversation;

  Ending(Conversation conversation) {
    this.conversation = conversation;
  }

  Effect.Reply reply() {
    Response response = conversation.response();
    Fields fields = response.headers();
    for (Field notice : conversation.notices()) {
      fields = fields.has(notice.name()) ? fields : fields.plus(notice.name(), notice.value());
    }
    response.headers(fields);
    List<Toll> judged = deferred();
    NotModified.apply(conversation);
    return new Effect.Reply(conversation.response(), sent -> tolls(judged, sent));
  }

  /** Conditions see the response as it was before it is reduced to a 304. */
  private List<Toll> deferred() {
    var tolls = new ArrayList<Toll>();
    for (Supplier<Optional<Toll>> judgement : conversation.deferred()) {
      try {
        judgement.get().ifPresent(tolls::add);
      } catch (RuntimeException failure) {
        conversation.trace("increment-condition", String.valueOf(failure.getMessage()));
      }
    }
    return tolls;
  }

  private List<Toll> tolls(List<Toll> judged, Sent sent) {
    var tolls = new ArrayList<>(judged);
    for (Toll quota : conversation.bandwidth()) {
      tolls.add(
          new Toll(quota.counter(), quota.limit(), quota.amount() + sent.bytes(), Toll.Kind.COUNT));
    }
    TokenUsage.inTail(sent.tail())
        .ifPresent(usage -> conversation.metrics().forEach(metric -> metric.accept(usage)));
    for (TokenCount count : conversation.tokenCounts()) {
      tolls.addAll(count.tolls(sent));
    }
    return tolls;
  }
}
