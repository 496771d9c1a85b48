package io.ccrelay.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ccrelay.policy.Profile.AnonymousRate;
import io.ccrelay.policy.Profile.InternalCache;
import io.ccrelay.policy.Profile.MissingVariable;
import io.ccrelay.policy.Profile.QueryKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is doubtful only together with the rest of the configuration. */
class GatewayLintsTest {

  private static final String LOOKUP =
      "<cache-lookup vary-by-developer='false' vary-by-developer-groups='false'>%s</cache-lookup>"
          + "<rate-limit-by-key calls='1' renewal-period='1' counter-key='k'/>";
  private static final String LIMIT = "<rate-limit calls='1' renewal-period='1'/>";

  private boolean subscriptionRequired;
  private boolean openProduct;
  private QueryKey queryKey = QueryKey.ALL;
  private AnonymousRate anonymous = AnonymousRate.SKIP;
  private Optional<String> externalCache = Optional.empty();

  private List<String> lints(String inbound) throws PolicyException {
    String text =
        "<policies><inbound>"
            + inbound
            + "</inbound><outbound><cache-store duration='1'/></outbound></policies>";
    var api =
        new ApiEntity(
            "web",
            "web",
            "1",
            "/",
            "http://b",
            List.of(),
            Optional.of(new PolicyText("p.xml", text)),
            subscriptionRequired,
            KeyNames.DEFAULTS);
    var product =
        new ProductEntity("p", "p", List.of("web"), !openProduct, Set.of(), Optional.empty());
    var options =
        new GatewayOptions(
            "s",
            Optional.empty(),
            List.of(api),
            List.of(product),
            List.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            List.of(),
            false,
            new Profile(
                queryKey,
                MissingVariable.NULL,
                anonymous,
                false,
                false,
                InternalCache.LOCAL,
                Set.of()),
            new IdentityOptions.None(),
            externalCache,
            Map.of());
    return PolicySet.of(options).warnings().stream()
        .map(warning -> warning.lint().token())
        .filter(token -> !token.equals("store-without-lookup"))
        .toList();
  }

  @Test
  void limitsOfSubscriptionsDoNotCountCallersWithoutOne() throws PolicyException {
    assertEquals(List.of("limit-without-subscription"), lints(LIMIT));
    anonymous = AnonymousRate.ANONYMOUS;
    assertEquals(List.of(), lints(LIMIT));
    anonymous = AnonymousRate.SKIP;
    subscriptionRequired = true;
    assertEquals(List.of(), lints(LIMIT));
    openProduct = true;
    assertEquals(List.of("limit-without-subscription"), lints(LIMIT));
  }

  @Test
  void undeclaredQueriesShareAnswersOnlyInAzuresWay() throws PolicyException {
    assertEquals(List.of(), lints(LOOKUP.formatted("")));
    queryKey = QueryKey.DECLARED;
    assertEquals(List.of("undeclared-query"), lints(LOOKUP.formatted("")));
    assertEquals(
        List.of(), lints(LOOKUP.formatted("<vary-by-query-parameter>q</vary-by-query-parameter>")));
  }

  @Test
  void withoutAnExternalCacheNothingIsStoredThere() throws PolicyException {
    String value = "<cache-lookup-value key='k' variable-name='v' caching-type='external'/>";
    assertEquals(List.of("no-external-cache"), lints(value));
    externalCache = Optional.of("default");
    assertEquals(List.of(), lints(value));
  }
}
