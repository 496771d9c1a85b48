package io.ccrelay.policy.run;

import io.ccrelay.cache.Bytes;
import io.ccrelay.http.Field;
import io.ccrelay.http.Fields;
import io.ccrelay.policy.Profile;
import io.ccrelay.policy.Profile.MissingVariable;
import io.ccrelay.policy.expression.PolicyContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The state of one request on its way through a policy, and what expressions see of it. Shared by
 * the branches of a {@code wait}. Confined to one context.
 */
public final class Conversation implements PolicyContext {

  private final Surroundings surroundings;
  private final Host host;
  private final Request request;
  private final UUID requestId;
  private final Instant timestamp;
  private final Map<String, @Nullable Object> variables;
  private final Map<Slot, Optional<Bytes>> ownWrites = new HashMap<>();
  private final List<Field> notices = new ArrayList<>();
  private final List<Supplier<Optional<Toll>>> deferred = new ArrayList<>();
  private final List<TokenCount> tokenCounts = new ArrayList<>();
  private final List<Consumer<TokenUsage>> metrics = new ArrayList<>();
  private final List<Toll> bandwidth = new ArrayList<>();
  private Response response = Response.of(200, Fields.none());
  private Optional<ResponseLookup> lookup = Optional.empty();
  private Optional<Prompt> prompt = Optional.empty();
  private @Nullable LastError lastError;
  private boolean hit;

  /** A conversation that begins with {@code request}, now. */
  public Conversation(Surroundings surroundings, Host host, Request request) {
    this.surroundings = surroundings;
    this.host = host;
    this.request = request;
    this.variables =
        surroundings.profile().missingVariable() == MissingVariable.THROW
            ? new StrictVariables()
            : new LinkedHashMap<>();
    this.requestId = host.guid();
    this.timestamp = host.now();
  }

  @Override
  public Request request() {
    return request;
  }

  @Override
  public Response response() {
    return response;
  }

  @Override
  public Map<String, @Nullable Object> variables() {
    return variables;
  }

  @Override
  public Api api() {
    return surroundings.api();
  }

  @Override
  public Operation operation() {
    return surroundings.operation();
  }

  @Override
  public @Nullable Product product() {
    return surroundings.product().orElse(null);
  }

  @Override
  public @Nullable Subscription subscription() {
    return surroundings.subscription().orElse(null);
  }

  @Override
  public @Nullable User user() {
    return surroundings.user().orElse(null);
  }

  @Override
  public Deployment deployment() {
    return surroundings.deployment();
  }

  @Override
  public @Nullable LastError lastError() {
    return lastError;
  }

  @Override
  public UUID requestId() {
    return requestId;
  }

  @Override
  public Instant timestamp() {
    return timestamp;
  }

  @Override
  public Duration elapsed() {
    return Duration.between(timestamp, host.now());
  }

  @Override
  public boolean tracing() {
    return host.tracing();
  }

  @Override
  public void trace(String message) {
    trace("expression", message);
  }

  @Override
  public Instant now() {
    return host.now();
  }

  @Override
  public Host entropy() {
    return host;
  }

  Host host() {
    return host;
  }

  Surroundings surroundings() {
    return surroundings;
  }

  Profile profile() {
    return surroundings.profile();
  }

  void trace(String source, String message) {
    if (host.tracing()) {
      host.trace(new Host.Line(source, "verbose", message, Map.of()));
    }
  }

  void response(Response next) {
    response = next;
  }

  void lastError(LastError error) {
    lastError = error;
  }

  /** What this request wrote itself, seen by its own reads at once. */
  Map<Slot, Optional<Bytes>> ownWrites() {
    return ownWrites;
  }

  /** A header that the caller gets with whatever the reply is. */
  void notice(String name, String value) {
    notices.removeIf(line -> line.is(name));
    notices.add(new Field(name, value));
  }

  List<Field> notices() {
    return notices;
  }

  /** Increments that are judged at the end. */
  List<Supplier<Optional<Toll>>> deferred() {
    return deferred;
  }

  /** Token limits that count the tokens of the answer. */
  List<TokenCount> tokenCounts() {
    return tokenCounts;
  }

  /** Metrics that want to know the tokens of the answer. */
  List<Consumer<TokenUsage>> metrics() {
    return metrics;
  }

  /** Quotas that count bytes; their amount is what the request itself had. */
  List<Toll> bandwidth() {
    return bandwidth;
  }

  Optional<ResponseLookup> lookup() {
    return lookup;
  }

  void lookup(ResponseLookup made) {
    lookup = Optional.of(made);
  }

  /** The prompt that a semantic look-up read, under which its store stores. */
  Optional<Prompt> prompt() {
    return prompt;
  }

  void prompt(Optional<Prompt> read) {
    prompt = read;
  }

  /** Whether the response came from the cache. */
  public boolean servedFromCache() {
    return hit;
  }

  /** The body that templates see: of the response, once there is one, else of the request. */
  public Bytes currentBody() {
    Content body = request.body();
    return response.body() != null
        ? response.held()
        : body == null ? Bytes.empty() : body.remaining();
  }

  /** The media type of {@link #currentBody}, in small letters; empty if nobody says. */
  public String currentType() {
    Fields fields = response.body() != null ? response.headers() : request.headers();
    return fields.first("Content-Type").orElse("").toLowerCase(Locale.ROOT);
  }

  boolean hit() {
    return hit;
  }

  void hit(Response stored) {
    hit = true;
    response = stored;
  }
}
