package io.ccrelay.policy.run;

import io.ccrelay.limit.Limit;
import io.ccrelay.limit.Window;
import io.ccrelay.policy.LlmPolicy.Dimension;
import io.ccrelay.policy.LlmPolicy.EmitTokenMetric;
import io.ccrelay.policy.LlmPolicy.QuotaPeriod;
import io.ccrelay.policy.LlmPolicy.TokenLimit;
import io.ccrelay.policy.LlmPolicy.TokenNotices;
import io.ccrelay.policy.expression.value.JToken;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Statements that count the tokens of language models. */
final class TokenMoves {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Conversation conversation;
  private final Values values;

  TokenMoves(Conversation conversation, Values values) {
    this.conversation = conversation;
    this.values = values;
  }

  Move limit(TokenLimit statement) {
    String key = values.of(statement.counterKey());
    @Nullable JToken request = request();
    boolean reserve = values.of(statement.estimatePromptTokens()) && !statement.ignorePrompt();
    long prompt = TokenUsage.estimate(request);
    long reserved = reserve ? prompt : 0;
    List<Toll> counters = counters(statement, key, reserved);
    boolean perMinute = statement.tokensPerMinute().isPresent();
    return new Move.Ask(
        new Effect.Pay(counters),
        answer -> {
          var verdicts = Verdicts.of(answer);
          var refusal = verdicts.refusal();
          if (refusal.isPresent()) {
            throw refused(
                statement.notices(),
                perMinute && verdicts.count() == 1,
                refusal.get().retryAfter());
          }
          admitted(statement.notices(), perMinute, verdicts, prompt);
          conversation
              .tokenCounts()
              .add(
                  new TokenCount(
                      counters, reserved, prompt, !statement.ignorePrompt(), statement.notices()));
          return Move.NEXT;
        });
  }

  private List<Toll> counters(TokenLimit statement, String key, long reserved) {
    var counters = new ArrayList<Toll>();
    values
        .of(statement.tokensPerMinute())
        .map(most -> new Limit(most, new Window.Sliding(MINUTE)))
        .ifPresent(limit -> counters.add(toll("tokens", key, limit, reserved)));
    statement
        .quota()
        .map(quota -> new Limit(values.of(quota.tokens()), window(values.of(quota.period()))))
        .ifPresent(limit -> counters.add(toll("token-quota", key, limit, reserved)));
    return counters;
  }

  private static Toll toll(String kind, String key, Limit limit, long reserved) {
    return new Toll(
        Keys.of(kind, key), limit, reserved, reserved > 0 ? Toll.Kind.TAKE : Toll.Kind.LOOK);
  }

  private static Window window(QuotaPeriod period) {
    return switch (period) {
      case HOURLY -> new Window.Calendar(ChronoUnit.HOURS);
      case DAILY -> new Window.Calendar(ChronoUnit.DAYS);
      case WEEKLY -> new Window.Calendar(ChronoUnit.WEEKS);
      case MONTHLY -> new Window.Calendar(ChronoUnit.MONTHS);
      case YEARLY -> new Window.Calendar(ChronoUnit.YEARS);
      case INDEFINITE -> new Window.Fixed(Instant.EPOCH, Duration.ZERO);
    };
  }

  private @Nullable JToken request() {
    Content body = conversation.request().body();
    return body == null ? null : TokenUsage.parsed(body.remaining().toUtf8());
  }

  private void admitted(TokenNotices notices, boolean perMinute, Verdicts verdicts, long prompt) {
    if (perMinute && verdicts.count() > 0) {
      tell(
          notices.remainingTokensHeaderName(),
          notices.remainingTokensVariableName(),
          verdicts.first().remaining().orElse(0L));
    }
    if (verdicts.count() > (perMinute ? 1 : 0)) {
      tell(
          notices.remainingQuotaTokensHeaderName(),
          notices.remainingQuotaTokensVariableName(),
          verdicts.last().remaining().orElse(0L));
    }
    tell(notices.tokensConsumedHeaderName(), notices.tokensConsumedVariableName(), prompt);
  }

  private void tell(Optional<String> header, Optional<String> variable, long number) {
    header.ifPresent(name -> conversation.notice(name, String.valueOf(number)));
    variable.ifPresent(name -> conversation.variables().put(name, (int) number));
  }

  private PolicyFailure refused(TokenNotices notices, boolean perMinute, Optional<Duration> wait) {
    long seconds = wait.map(Duration::toSeconds).orElse(0L);
    notices
        .retryAfterVariableName()
        .ifPresent(name -> conversation.variables().put(name, (int) seconds));
    String message = perMinute ? Replies.TOKEN_LIMIT_RETRY.formatted(seconds) : Replies.TOKEN_QUOTA;
    Response reply = Replies.error(perMinute ? 429 : 403, message);
    wait.ifPresent(_ ->
        reply.headers(
            reply.headers().with(notices.retryAfterHeaderName(), String.valueOf(seconds))));
    String reason = perMinute ? "RateLimitExceeded" : "QuotaExceeded";
    return new PolicyFailure("llm-token-limit", reason, message, reply);
  }

  Move metric(EmitTokenMetric statement) {
    var dimensions = new ArrayList<Map.Entry<String, String>>();
    for (Dimension dimension : statement.dimensions()) {
      String value = values.of(dimension.value()).orElseGet(() -> wellKnown(dimension.name()));
      dimensions.add(Map.entry(dimension.name(), value));
    }
    conversation
        .metrics()
        .add(usage ->
            conversation
                .host()
                .tokens(
                    new Host.TokenMetric(
                        statement.namespace(),
                        dimensions,
                        statement.ignorePrompt() ? 0 : usage.prompt(),
                        usage.completion())));
    return Move.NEXT;
  }

  private String wellKnown(String name) {
    var subscription = conversation.subscription();
    var product = conversation.product();
    var user = conversation.user();
    return switch (name) {
      case "API ID" -> conversation.api().id();
      case "Operation ID" -> conversation.operation().id();
      case "Product ID" -> product == null ? "" : product.id();
      case "Subscription ID" -> subscription == null ? "" : subscription.id();
      case "User ID" -> user == null ? "" : user.id();
      case "Client IP address" -> conversation.request().ipAddress();
      case "Gateway ID" -> conversation.deployment().gatewayId();
      case "Location" -> conversation.deployment().region();
      default -> "";
    };
  }
}
