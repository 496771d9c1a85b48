package io.ccrelay.proxy.policy;

import io.ccrelay.cache.Counters;
import io.ccrelay.cache.RedisOptions;
import io.ccrelay.cache.Store;
import io.ccrelay.cache.bus.CacheDeployment;
import io.ccrelay.cache.store.LocalCounters;
import io.ccrelay.cache.store.RedisStore;
import io.ccrelay.policy.CertificateEntity;
import io.ccrelay.policy.OperationEntity;
import io.ccrelay.policy.PolicySet;
import io.ccrelay.policy.PolicyText;
import io.ccrelay.policy.Profile;
import io.ccrelay.policy.run.RunLimits;
import io.ccrelay.proxy.ApiDoor;
import io.ccrelay.proxy.api.ApiRelay;
import io.ccrelay.testing.Await;
import io.ccrelay.testing.FakeUpstream;
import io.ccrelay.testing.Relays;
import io.ccrelay.upstream.Upstream;
import io.ccrelay.upstream.http.HttpUpstream;
import io.ccrelay.upstream.http.HttpUpstreamOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** A relay with one API under a policy document before a scripted backend, and a client of it. */
final class PolicyRelay implements AutoCloseable {

  static final String KEY = "key-of-alice";

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  final Vertx vertx = Vertx.vertx();
  final FakeUpstream backend;
  final FakeUpstream service;
  final Relays relay;

  /** What a relay is made with beside its document. */
  static final class With {
    final String document;
    final Map<String, String> names = new HashMap<>();
    final Map<String, PolicyText> fragments = new HashMap<>();
    final List<OperationEntity> operations = new ArrayList<>();
    final List<String> allowed = new ArrayList<>();
    Profile profile = Profile.DEFAULTS;
    Optional<RedisOptions> redis = Optional.empty();
    TokenSource tokens = TokenSource.NONE;
    Optional<PolicyText> product = Optional.empty();
    Optional<String> backends = Optional.empty();
    Optional<String> externalCache = Optional.empty();
    final Map<String, CertificateEntity> certificates = new HashMap<>();
    String server = "";
    String settings = "";
    SimilarPrompts prompts = SimilarPrompts.NONE;
    Optional<Store> store = Optional.empty();
    Optional<Counters> counters = Optional.empty();
    Optional<PolicyRelay> beside = Optional.empty();
    boolean subscribersOnly;

    With(String document) {
      this.document = document;
    }

    /** Callers need a key. */
    With subscribersOnly() {
      subscribersOnly = true;
      return this;
    }

    With redis(RedisOptions options) {
      redis = Optional.of(options);
      return this;
    }

    With operation(String id, String method, String template) {
      operations.add(new OperationEntity(id, id, method, template, Optional.empty()));
      return this;
    }

    With operation(String id, String method, String template, String document) {
      var text = Optional.of(new PolicyText(id + ".xml", document));
      operations.add(new OperationEntity(id, id, method, template, text));
      return this;
    }

    /** Before the backend and the service of {@code other}, which is closed after this one. */
    With beside(PolicyRelay other) {
      beside = Optional.of(other);
      return this;
    }

    /** A store and counters that others have too. */
    With sharing(Store store, Counters counters) {
      this.store = Optional.of(store);
      this.counters = Optional.of(counters);
      return this;
    }

    /** An operation with one sample. */
    With sample(String id, String template, OperationEntity.Sample sample) {
      operations.add(new OperationEntity(id, id, "*", template, Optional.empty(), List.of(sample)));
      return this;
    }

    With name(String name, String value) {
      names.put(name, value);
      return this;
    }

    With fragment(String id, String text) {
      fragments.put(id, new PolicyText(id, text));
      return this;
    }

    With allow(String entry) {
      allowed.add(entry);
      return this;
    }

    With profile(Profile other) {
      profile = other;
      return this;
    }

    With tokens(TokenSource source) {
      tokens = source;
      return this;
    }

    With prompts(SimilarPrompts similar) {
      prompts = similar;
      return this;
    }

    With product(String text) {
      product = Optional.of(new PolicyText("product.xml", text));
      return this;
    }

    /** ONE is the backend of these tests, TWO their service. */
    With backends(String list) {
      backends = Optional.of(list);
      return this;
    }

    With certificate(String id, CertificateEntity certificate) {
      certificates.put(id, certificate);
      return this;
    }

    /** What the external cache is called. */
    With externalCache(String id) {
      externalCache = Optional.of(id);
      return this;
    }

    /** More settings of the relay's own listener. */
    With server(String more) {
      server = ", " + more;
      return this;
    }

    With settings(String more) {
      settings = ", " + more;
      return this;
    }

    PolicyRelay start() {
      return new PolicyRelay(this);
    }
  }

  private PolicyRelay(With with) {
    backend = with.beside.map(it -> it.backend).orElseGet(() -> FakeUpstream.start(vertx));
    service = with.beside.map(it -> it.service).orElseGet(() -> FakeUpstream.start(vertx));
    String yaml =
        """
        server: {listen: "127.0.0.1:0"%s}
        apis:
          - {name: web, path: /, backend: [%s]%s}
        """
            .formatted(
                with.server,
                with.backends
                    .map(list ->
                        list.replace("ONE", backend.origin()).replace("TWO", service.origin()))
                    .orElse(backend.origin()),
                with.settings);
    relay =
        Relays.start(
            Relays.Setup.of(yaml)
                .around(own -> with.store.orElse(own))
                .door(relays -> door(relays, with)));
  }

  /** The backend under {@code document} alone. */
  static PolicyRelay under(String document) {
    return new With(document).start();
  }

  /** The backend under a document with these sections, each with {@code <base />} before it. */
  static String document(String inbound, String outbound) {
    return document(inbound, "<forward-request />", outbound, "");
  }

  static String document(String inbound, String backend, String outbound, String onError) {
    return "<policies><inbound>%s</inbound><backend>%s</backend><outbound>%s</outbound><on-error>%s</on-error></policies>"
        .formatted(inbound, backend, outbound, onError);
  }

  private ApiDoor.Maker door(Relays relays, With with) {
    PolicySet set = new TestedPolicies(backend.origin(), service.origin()).of(with);
    Optional<Supplier<Store>> external =
        with.redis.map(options -> {
          var store = new RedisStore(relays.vertx, options, System::nanoTime);
          var deployed = Await.result(CacheDeployment.deploy(relays.vertx, store));
          return () -> deployed.store(options.deadline().multipliedBy(2));
        });
    return PolicyDoor.maker(
        new PolicyParts(
            new GatewayRoutes(() -> set, RunLimits.DEFAULTS),
            relays::storeView,
            external,
            with.counters.orElseGet(() -> new LocalCounters(relays.clock::nanos)),
            new Lanes(),
            () ->
                named(
                    new HttpUpstream(
                        relays.vertx,
                        HttpUpstreamOptions.DEFAULTS,
                        relays.inFlight,
                        new AllowList(with.allowed, PolicyRelay::resolve))),
            origin -> origin.equals(backend.origin()) || origin.equals(service.origin()),
            with.prompts,
            _ -> with.tokens),
        ApiRelay.maker());
  }

  /** The service is also reached under the name that a document of the requirements has. */
  private Upstream named(Upstream guarded) {
    return request ->
        guarded.call(
            request.origin().equals("https://backend.api")
                ? new Upstream.Request(
                    request.method(),
                    "http://backend.api:" + URI.create(service.origin()).getPort(),
                    request.target(),
                    request.fields(),
                    request.body(),
                    request.deadlines())
                : request);
  }

  /** Names of these tests are all this machine. */
  private static Future<InetAddress> resolve(String host) {
    try {
      return Future.succeededFuture(
          InetAddress.getByName(host.matches("[0-9.]+") ? host : "127.0.0.1"));
    } catch (IOException e) {
      return Future.failedFuture(e);
    }
  }

  /** The allow-list entry under which SERVICE may be called. */
  static String serviceAllowed() {
    return "private:service.test";
  }

  void answers(String content, String... namesAndValues) {
    backend.always(answer(200, content, namesAndValues));
  }

  static FakeUpstream.Answer answer(int status, String content, String... namesAndValues) {
    return (seen, response) -> {
      response.setStatusCode(status);
      for (int i = 0; i < namesAndValues.length; i += 2) {
        response.headers().add(namesAndValues[i], namesAndValues[i + 1]);
      }
      response.end(content);
    };
  }

  HttpResponse<String> get(String path, String... namesAndValues) {
    return ask("GET", path, "", namesAndValues);
  }

  HttpResponse<String> ask(String method, String path, String body, String... namesAndValues) {
    try {
      return CLIENT.send(request(method, path, body, namesAndValues), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  CompletableFuture<HttpResponse<String>> later(String path, String... namesAndValues) {
    return CLIENT.sendAsync(request("GET", path, "", namesAndValues), BodyHandlers.ofString());
  }

  private HttpRequest request(String method, String path, String body, String... namesAndValues) {
    var request =
        HttpRequest.newBuilder(URI.create(relay.origin() + path))
            .timeout(Duration.ofSeconds(20))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (namesAndValues.length > 0) {
      request.headers(namesAndValues);
    }
    return request.build();
  }

  void wait(int seconds) {
    relay.clock.advance(Duration.ofSeconds(seconds));
  }

  static String field(HttpResponse<?> answer, String name) {
    return String.join("|", answer.headers().allValues(name));
  }

  @Override
  public void close() {
    relay.close();
    backend.close();
    service.close();
    vertx.close().await();
  }
}
