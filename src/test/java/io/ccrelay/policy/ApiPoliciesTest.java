package io.ccrelay.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Keys, subscriptions, products and operations. */
class ApiPoliciesTest {

  private static final SubscriptionEntity GOLD = subscription("gold-sub", "g1", "gold", null);
  private static final SubscriptionEntity OTHER = subscription("other-sub", "o1", "other", null);
  private static final SubscriptionEntity FOR_API = subscription("api-sub", "a1", null, "shop");
  private static final SubscriptionEntity FOR_ALL = subscription("all-sub", "x1", null, null);

  private static SubscriptionEntity subscription(
      String id, String key, String product, String api) {
    return new SubscriptionEntity(
        id,
        id,
        List.of(key, key + "-second"),
        Optional.ofNullable(product),
        Optional.ofNullable(api),
        Optional.empty(),
        Optional.empty());
  }

  private static ApiPolicies api(boolean required, boolean open, OperationEntity... operations) {
    var api =
        new ApiEntity(
            "shop",
            "Shop",
            "1",
            "/shop",
            "http://b",
            List.of(operations),
            Optional.of(new PolicyText("p", "<policies/>")),
            required,
            KeyNames.DEFAULTS);
    var options =
        new GatewayOptions(
            "s",
            Optional.empty(),
            List.of(api),
            List.of(
                new ProductEntity(
                    "gold", "Gold", List.of("shop"), !open, Set.of(), Optional.empty()),
                new ProductEntity("other", "Other", List.of(), true, Set.of(), Optional.empty())),
            List.of(GOLD, OTHER, FOR_API, FOR_ALL),
            Map.of(),
            Map.of(),
            Map.of(),
            List.of(),
            false,
            Profile.DEFAULTS,
            new IdentityOptions.None(),
            Optional.empty(),
            Map.of());
    try {
      return PolicySet.of(options).api("Shop").orElseThrow();
    } catch (PolicyException e) {
      throw new AssertionError(e);
    }
  }

  private static Admission admit(ApiPolicies api, String key) {
    return api.admit(api.operation("GET", "/shop", "").orElseThrow(), Optional.ofNullable(key));
  }

  private static Admission.Admitted admitted(ApiPolicies api, String key) {
    return assertInstanceOf(Admission.Admitted.class, admit(api, key));
  }

  @Test
  void eitherKeyOfASubscriptionOpensItsProduct() {
    for (String key : List.of("g1", "g1-second")) {
      var admitted = admitted(api(true, false), key);
      assertEquals(Optional.of(GOLD), admitted.subscription());
      assertEquals("gold", admitted.product().orElseThrow().id());
    }
  }

  @Test
  void aSubscriptionMayBeForOneApiOrForAll() {
    assertEquals(Optional.of(FOR_API), admitted(api(true, false), "a1").subscription());
    assertEquals(Optional.empty(), admitted(api(true, false), "a1").product());
    assertEquals(Optional.of(FOR_ALL), admitted(api(true, false), "x1").subscription());
  }

  @Test
  void whereAKeyIsRequiredItMustBeThereAndValid() {
    var api = api(true, false);
    assertEquals(new Admission.Refused(Admission.Reason.NO_KEY), admit(api, null));
    assertEquals(new Admission.Refused(Admission.Reason.INVALID_KEY), admit(api, "nope"));
    assertEquals(new Admission.Refused(Admission.Reason.INVALID_KEY), admit(api, "o1"));
  }

  @Test
  void whereNoneIsRequiredCallersWithoutAreAnonymous() {
    var api = api(false, false);
    assertEquals(Optional.empty(), admitted(api, null).subscription());
    assertEquals(Optional.empty(), admitted(api, "nope").subscription());
    assertEquals(Optional.of(GOLD), admitted(api, "g1").subscription());
  }

  @Test
  void anOpenProductIsForAll() {
    assertEquals("gold", admitted(api(true, true), null).product().orElseThrow().id());
  }

  @Test
  void theMostSpecialOperationIsMeant() {
    var api =
        api(
            false,
            false,
            operation("any", "*", "/*"),
            operation("any-item", "*", "/items/{id}"),
            operation("item", "GET", "/items/{id}"),
            operation("new", "GET", "/items/new"));
    assertEquals("new", found(api, "GET", "/shop/items/new"));
    assertEquals("item", found(api, "GET", "/shop/items/5"));
    assertEquals("any-item", found(api, "PUT", "/shop/items/5"));
    assertEquals("any", found(api, "GET", "/shop/else"));
  }

  @Test
  void requestsForNoOperationAreNotFound() {
    var api = api(false, false, operation("item", "GET", "/items/{id}"));
    assertTrue(api.operation("POST", "/shop/items/5", "").isEmpty());
    assertTrue(api.operation("GET", "/shop", "").isEmpty());
  }

  private static String found(ApiPolicies api, String method, String path) {
    return api.operation(method, path, "").orElseThrow().operation().orElseThrow().id();
  }

  private static OperationEntity operation(String id, String method, String template) {
    return new OperationEntity(id, id, method, template, Optional.empty());
  }
}
