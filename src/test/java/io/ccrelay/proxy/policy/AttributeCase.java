package io.ccrelay.proxy.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ccrelay.policy.PolicyText;
import io.ccrelay.proxy.policy.PolicyRelay.With;
import java.net.http.HttpResponse;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.DynamicTest;

/**
 * What one attribute, or child, of a statement does, seen through a whole relay. Its name is that
 * of the list of attributes: {@code policy @attribute} or {@code policy child/@attribute}.
 */
final class AttributeCase {

  /** A subscription key. */
  static final String[] ALICE = {"Ocp-Apim-Subscription-Key", PolicyRelay.KEY};

  private String name;
  private String inbound = "";
  private String backend = "<forward-request />";
  private String outbound = "";
  private String onError = "";
  private Consumer<With> prepared = _ -> {};
  private Function<PolicyRelay, String> script = _ -> "";
  private String expected = "";

  private AttributeCase(String name) {
    this.name = name;
  }

  static AttributeCase attribute(String name) {
    return new AttributeCase(name);
  }

  /** The same about another attribute. */
  AttributeCase named(String other) {
    name = other;
    return this;
  }

  AttributeCase inbound(String statements) {
    inbound = statements;
    return this;
  }

  AttributeCase backend(String statements) {
    backend = statements;
    return this;
  }

  AttributeCase outbound(String statements) {
    outbound = statements;
    return this;
  }

  AttributeCase onError(String statements) {
    onError = statements;
    return this;
  }

  AttributeCase with(Consumer<With> preparation) {
    prepared = prepared.andThen(preparation);
    return this;
  }

  /** The statements are those of the product, of which Alice has a subscription. */
  AttributeCase ofProduct() {
    String product = PolicyRelay.document(inbound, backend, outbound, onError);
    inbound = "<base />";
    outbound = "<base />";
    backend = "<base />";
    onError = "<base />";
    return with(with -> with.product(product));
  }

  /** What {@code script} sees. */
  AttributeCase sees(String what, Function<PolicyRelay, String> by) {
    expected = what;
    script = by;
    return this;
  }

  /** What is asked with GET is answered so: status and body. */
  AttributeCase answers(String what) {
    return sees(what, relay -> told(relay.get("/")));
  }

  String name() {
    return name;
  }

  /** The statements, for whoever looks for the attribute in them. */
  String document() {
    var with = new With("");
    prepared.accept(with);
    String product = with.product.map(PolicyText::text).orElse("");
    return inbound + backend + outbound + onError + product;
  }

  DynamicTest test() {
    return DynamicTest.dynamicTest(name + " " + expected, this::check);
  }

  private void check() {
    var with = new With(PolicyRelay.document(inbound, backend, outbound, onError));
    with.allow(PolicyRelay.serviceAllowed());
    prepared.accept(with);
    try (var relay = with.start()) {
      relay.answers("x");
      relay.service.always(PolicyRelay.answer(200, "service"));
      assertEquals(expected, script.apply(relay));
    }
  }

  static String told(HttpResponse<String> answer) {
    return answer.statusCode() + " " + answer.body();
  }

  /** The statuses of {@code calls} requests, one after the other. */
  static String statuses(PolicyRelay relay, int calls, String... headers) {
    var all = new StringBuilder();
    for (int i = 0; i < calls; i++) {
      all.append(i == 0 ? "" : " ").append(relay.get("/", headers).statusCode());
    }
    return all.toString();
  }

  /** A reply with the text that {@code expression} gives. */
  static String saying(String expression) {
    return "<return-response><set-body>@(" + expression + ")</set-body></return-response>";
  }

  /** Puts what {@code expression} gives into a header. */
  static String noting(String expression) {
    return "<set-header name=\"X-Note\"><value>@(" + expression + ")</value></set-header>";
  }
}
