package io.ccrelay.admin;

import io.ccrelay.cache.Cache;
import io.ccrelay.cache.Entry;
import io.ccrelay.llm.Preload;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.Function;

/**
 * {@code POST /admin/cache/import}, lines of an export, {@code POST /admin/cache/preload}, lines of
 * a request and its answer, and {@code POST /admin/cache/values}, lines of a key of policy
 * documents and its value. Each line stands for itself: a bad one is counted and told of, the
 * others are stored. Confined to the verticle's context; lines are read on workers.
 */
final class FillRoutes {

  private final Vertx vertx;
  private final Cache cache;
  private final Function<Preload, Future<Preload.Outcome>> preloader;
  private final PolicyValues values;
  private final InstantSource clock;

  FillRoutes(
      Vertx vertx,
      Cache cache,
      Function<Preload, Future<Preload.Outcome>> preloader,
      PolicyValues values,
      InstantSource clock) {
    this.vertx = vertx;
    this.cache = cache;
    this.preloader = preloader;
    this.values = values;
    this.clock = clock;
  }

  void mount(Router router) {
    router.post("/admin/cache/import").handler(context -> fill(context, "import", this::imported));
    router
        .post("/admin/cache/preload")
        .handler(context -> fill(context, "preload", this::preloaded));
    router.post("/admin/cache/values").handler(context -> fill(context, "values", this::valued));
  }

  private void fill(
      RoutingContext context, String action, Function<Buffer, Future<String>> takeLine) {
    if (!Lines.isSaid(context.request())) {
      Replies.refuse(
          context, 415, "invalid_request_error", "Send lines of JSON as application/x-ndjson.");
      return;
    }
    var summary = new FillSummary();
    var _ =
        Lines.of(
                context.request(),
                (number, line) ->
                    takeLine
                        .apply(line)
                        .transform((reason, failure) -> {
                          summary.count(number, reason, failure);
                          return Future.succeededFuture();
                        }))
            .onComplete(end -> audit(context, action, summary, end.succeeded()))
            .onSuccess(_ -> Replies.json(context, 200, summary.report()))
            .onFailure(broken ->
                Replies.refuse(
                    context,
                    400,
                    "invalid_request_error",
                    "The content broke off or has a line"
                        + " that is too long; "
                        + summary.stored()
                        + " entries were stored."));
  }

  /** Stores an exported entry; the answer is empty, or why it is not stored. */
  private Future<String> imported(Buffer line) {
    return vertx
        .executeBlocking(() -> EntryLine.decode(line), false)
        .compose(read -> keep(Objects.requireNonNull(read)));
  }

  private Future<String> keep(EntryLine line) {
    Entry entry = line.entry();
    if (entry.age(clock.instant()).compareTo(entry.retention()) >= 0) {
      return Future.succeededFuture("expired");
    }
    if (entry.storedAt().isAfter(clock.instant()) || cache.purges().covers(line.key(), entry)) {
      return Future.succeededFuture(
          entry.storedAt().isAfter(clock.instant()) ? "from-the-future" : "purged");
    }
    return cache.keep(line.key(), entry).map(kept -> kept ? "" : "cache-error");
  }

  private Future<String> preloaded(Buffer line) {
    return vertx
        .executeBlocking(() -> preload(LineOf.object(line)), false)
        .compose(read -> preloader.apply(Objects.requireNonNull(read)))
        .map(outcome -> outcome instanceof Preload.Outcome.Refused(String why) ? why : "");
  }

  private Future<String> valued(Buffer line) {
    return Future.succeededFuture(line).map(ValueLine::read).compose(values::put);
  }

  private static Preload preload(JsonObject object) {
    JsonObject answer = LineOf.object(object, "answer");
    var fields = AskedRequest.fields(answer);
    return new Preload(
        AskedRequest.read(object),
        answer.containsKey("status") ? (int) LineOf.number(answer, "status", 200, 599) : 200,
        fields.has("content-type") ? fields : fields.plus("content-type", "application/json"),
        AskedRequest.content(answer.getValue("body")));
  }

  private static void audit(
      RoutingContext context, String action, FillSummary summary, boolean whole) {
    Audit.line(context, "cache." + action, whole ? "stored" : "broken-off")
        .addKeyValue("stored", summary.stored())
        .addKeyValue("lines", summary.lines())
        .log("entries stored by an administrator");
  }
}
