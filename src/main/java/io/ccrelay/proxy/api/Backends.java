package io.ccrelay.proxy.api;

import io.ccrelay.proxy.ApiOptions;
import io.ccrelay.upstream.BackendTls;
import io.ccrelay.upstream.Origin;
import io.ccrelay.upstream.Upstream;
import io.ccrelay.upstream.UpstreamException;
import io.ccrelay.upstream.UpstreamException.Kind;
import io.vertx.core.Future;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The equal services behind one API as one {@link Upstream}: each request goes to the next of them,
 * round robin. One that fails is left alone for a while; a request that found no connection, and
 * therefore was not sent, goes to another one. Confined to one context.
 */
public final class Backends implements Upstream {

  private final Upstream upstream;
  private final InstantSource clock;
  private final List<Backend> backends = new ArrayList<>();
  private final Origin origin;
  private final String path;
  private int next;

  /**
   * The backends of {@code api}.
   *
   * @param upstream reaches them, and meets them as {@link ApiOptions#tls} says
   */
  public Backends(ApiOptions api, Upstream upstream, InstantSource clock) {
    this(api, upstream, api.tls(), clock);
  }

  /** The same, met as {@code tls} says. */
  public Backends(ApiOptions api, Upstream upstream, BackendTls tls, InstantSource clock) {
    this.upstream = upstream.over(tls);
    this.clock = clock;
    for (String url : api.backends()) {
      backends.add(new Backend(url));
    }
    this.origin = Origin.parse(backends.getFirst().origin()).orElseThrow();
    this.path = path(api.backends().getFirst());
  }

  /** Scheme and authority of the first backend, which stands for all of them in cache keys. */
  Origin origin() {
    return origin;
  }

  /** The path under which the first backend serves, empty for the root. */
  String path() {
    return path;
  }

  static String path(String url) {
    String path = URI.create(url).getRawPath();
    return path == null ? "" : path;
  }

  /** {@code request} names the path below the backend's own; its origin is not looked at. */
  @Override
  public Call call(Request request) {
    return new Round(request, inTurn());
  }

  private List<Backend> inTurn() {
    var order = new ArrayList<Backend>(backends.size());
    var resting = new ArrayList<Backend>();
    int first = next;
    next = (next + 1) % backends.size();
    for (int i = 0; i < backends.size(); i++) {
      Backend backend = backends.get((first + i) % backends.size());
      (backend.isResting(clock.instant()) ? resting : order).add(backend);
    }
    order.addAll(resting);
    return order;
  }

  /** One request on its way through the backends. */
  private final class Round implements Call {
    private final Request request;
    private final List<Backend> order;
    private Interim interim = (status, fields) -> {};
    private Optional<Call> current = Optional.empty();
    private int tried;
    private boolean cancelled;

    Round(Request request, List<Backend> order) {
      this.request = request;
      this.order = order;
    }

    @Override
    public Call onInterim(Interim receiver) {
      interim = receiver;
      return this;
    }

    @Override
    public Future<Answer> send() {
      Backend backend = order.get(tried++);
      Call call = upstream.call(backend.addressed(request)).onInterim(interim);
      current = Optional.of(call);
      return call.send()
          .onSuccess(answer -> backend.answered())
          .recover(failure -> failed(backend, failure));
    }

    private Future<Answer> failed(Backend backend, Throwable failure) {
      if (!(failure instanceof UpstreamException known)) {
        return Future.failedFuture(failure);
      }
      backend.failed(known.kind(), clock.instant());
      boolean unsent = known.kind() == Kind.CONNECT || known.kind() == Kind.CONNECT_TIMEOUT;
      return unsent && !cancelled && tried < order.size() ? send() : Future.failedFuture(known);
    }

    @Override
    public void cancel() {
      cancelled = true;
      current.ifPresent(Call::cancel);
    }
  }
}
