package io.ccrelay.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Documents of several scopes in one. */
class CompositionTest {

  private static PolicyText inbound(String names) {
    var text = new StringBuilder("<policies><inbound>");
    for (String name : names.split(" ")) {
      text.append(
          name.equals("base") ? "<base/>" : "<set-variable name=\"" + name + "\" value=\"\"/>");
    }
    return new PolicyText(names, text.append("</inbound></policies>").toString());
  }

  private static String names(EffectivePolicy policy) {
    return String.join(
        " ",
        policy.section(Section.INBOUND).stream()
            .map(statement -> ((TransformPolicy.SetVariable) statement).name())
            .toList());
  }

  private static GatewayOptions options(
      Optional<PolicyText> global, ApiEntity api, List<ProductEntity> products) {
    return new GatewayOptions(
        "s",
        global,
        List.of(api),
        products,
        List.of(),
        Map.of("n", new NamedValue("v", false)),
        Map.of(),
        Map.of(),
        List.of(),
        false,
        Profile.DEFAULTS,
        new IdentityOptions.None(),
        Optional.empty(),
        Map.of());
  }

  private static ApiEntity api(Optional<PolicyText> policy, OperationEntity... operations) {
    return new ApiEntity(
        "a", "a", "1", "/a", "http://b", List.of(operations), policy, false, KeyNames.DEFAULTS);
  }

  private static EffectivePolicy effective(GatewayOptions options) throws PolicyException {
    var api = PolicySet.of(options).api("a").orElseThrow();
    var found = api.operation("GET", "/a/x", "").orElseThrow();
    return ((Admission.Admitted) api.admit(found, Optional.empty())).policy();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "g | p base | a base | o base | o a p g",
        "g | p base | base a | base o | p g a o",
        "g | base p | base a | base o | g p a o",
        "g | p | base a | base o | p a o",
        "g | base p | a | base o | a o",
        "g | base p | base a | o | o",
        "base g | base | base | base | g",
        "g | base base | base | base | g g"
      })
  void baseIsTheSameSectionOfTheNextWiderScope(
      String global, String product, String api, String operation, String expected)
      throws PolicyException {
    var open =
        new ProductEntity("p", "P", List.of("a"), false, Set.of(), Optional.of(inbound(product)));
    var entity =
        api(
            Optional.of(inbound(api)),
            new OperationEntity("o", "O", "GET", "/x", Optional.of(inbound(operation))));
    var options = options(Optional.of(inbound(global)), entity, List.of(open));
    assertEquals(expected, names(effective(options)));
  }

  @Test
  void aSectionThatADocumentLacksComesFromTheWiderScope() throws PolicyException {
    var own = new PolicyText("p", "<policies><outbound/></policies>");
    var policy = effective(options(Optional.of(inbound("g")), api(Optional.of(own)), List.of()));
    assertEquals("g", names(policy));
  }

  @Test
  void aSectionThatIsThereWithoutBaseSkipsTheWiderScopes() throws PolicyException {
    var own = new PolicyText("p", "<policies><inbound/><backend></backend></policies>");
    var policy = effective(options(Optional.of(inbound("g")), api(Optional.of(own)), List.of()));
    assertEquals(List.of(), policy.section(Section.INBOUND));
    assertEquals(List.of(), policy.section(Section.BACKEND));
  }

  @Test
  void requestsAreForwardedUnlessADocumentSaysOtherwise() throws PolicyException {
    var own = Optional.of(new PolicyText("p", "<policies><backend><base/></backend></policies>"));
    var forwarded = effective(options(Optional.empty(), api(own), List.of()));
    assertEquals(1, forwarded.section(Section.BACKEND).size());
    var global =
        new PolicyText(
            "g", "<policies><backend><base/><forward-request timeout='5'/></backend></policies>");
    var backend =
        effective(options(Optional.of(global), api(own), List.of())).section(Section.BACKEND);
    assertEquals(1, backend.size());
    assertEquals(
        PolicyValue.number(5),
        ((CallPolicy.ForwardRequest) backend.getFirst()).timeout().orElseThrow().amount());
  }

  @Test
  void aHitGoesOnAfterTheLastStatementWithAStore() throws PolicyException {
    var own =
        new PolicyText(
            "p",
            """
            <policies><outbound>
              <set-status code="200"/>
              <choose><when condition="true"><cache-store duration="1"/></when></choose>
              <set-status code="201"/>
            </outbound></policies>
            """);
    var policy = effective(options(Optional.empty(), api(Optional.of(own)), List.of()));
    assertEquals(2, policy.afterStore().orElseThrow());
    assertEquals(true, policy.afterSemanticStore().isEmpty());
  }

  @Test
  void fragmentsStandWhereTheyAreIncludedAndKeepTheirOwnPlace() throws PolicyException {
    var reader =
        new PolicyReader(
            Map.of("n", "v"),
            Map.of(
                "f",
                new PolicyText(
                    "f.xml", "<fragment>\n<set-variable name=\"{{n}}\" value=\"\"/></fragment>")),
            false);
    var read =
        reader.read(
            new PolicyText(
                "p.xml",
                "<inbound><set-variable name='a' value=''/><include-fragment fragment-id='f'/></inbound>"),
            Scope.OPERATION);
    var second =
        (TransformPolicy.SetVariable) read.document().section(Section.INBOUND).orElseThrow().get(1);
    assertEquals("v", second.name());
    assertEquals("f.xml:2:1", second.place().position().toString());
    assertEquals("include-fragment[1]/set-variable[1]", second.place().path());
    assertEquals(Scope.OPERATION, second.place().scope());
  }

  @Test
  void pathsNumberEquallyNamedSiblings() {
    var statements =
        Policies.inbound(
            "<set-method>A</set-method><choose><when condition='true'/></choose>"
                + "<choose><when condition='true'/><when condition='false' id='x'>"
                + "<set-method id='mine'>B</set-method></when></choose>");
    var choose = (ControlPolicy.Choose) statements.get(2);
    var inner = choose.whens().get(1).body().getFirst();
    assertEquals("choose[2]/when[2]/set-method[1]", inner.place().path());
    assertEquals(Optional.of("mine"), inner.place().id());
  }

  @Test
  void equalSetsOfDocumentsAreOneComposition() throws PolicyException {
    var entity =
        api(
            Optional.of(inbound("x")),
            new OperationEntity("1", "1", "GET", "/1", Optional.empty()),
            new OperationEntity("2", "2", "GET", "/2", Optional.empty()));
    var api = PolicySet.of(options(Optional.empty(), entity, List.of())).api("a").orElseThrow();
    var first =
        (Admission.Admitted) api.admit(api.operation("GET", "/a/1", "").get(), Optional.empty());
    var second =
        (Admission.Admitted) api.admit(api.operation("GET", "/a/2", "").get(), Optional.empty());
    assertSame(first.policy(), second.policy());
  }
}
