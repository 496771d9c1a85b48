package io.ccrelay.policy;

import static io.ccrelay.policy.Section.BACKEND;
import static io.ccrelay.policy.Section.INBOUND;
import static io.ccrelay.policy.Section.ON_ERROR;
import static io.ccrelay.policy.Section.OUTBOUND;

import io.ccrelay.policy.ControlPolicy.Choose;
import io.ccrelay.policy.ControlPolicy.LimitConcurrency;
import io.ccrelay.policy.ControlPolicy.Metadata;
import io.ccrelay.policy.ControlPolicy.MockResponse;
import io.ccrelay.policy.ControlPolicy.Retry;
import io.ccrelay.policy.ControlPolicy.ReturnResponse;
import io.ccrelay.policy.ControlPolicy.Severity;
import io.ccrelay.policy.ControlPolicy.Trace;
import io.ccrelay.policy.ControlPolicy.Wait;
import io.ccrelay.policy.ControlPolicy.WaitFor;
import io.ccrelay.policy.ControlPolicy.When;
import java.util.List;
import java.util.Map;

/** Reads the policies that decide what runs. */
final class ControlBindings {

  static final Map<String, Binding> ALL =
      Map.of(
          "choose", Binding.everywhere(ControlBindings::choose),
          "return-response", Binding.everywhere(ControlBindings::returnResponse),
          "retry", Binding.everywhere(ControlBindings::retry),
          "wait", Binding.in(ControlBindings::waiting, INBOUND, BACKEND, OUTBOUND),
          "limit-concurrency", Binding.everywhere(ControlBindings::limitConcurrency),
          "trace", Binding.everywhere(ControlBindings::trace),
          "mock-response", Binding.in(ControlBindings::mock, INBOUND, OUTBOUND, ON_ERROR));

  private ControlBindings() {}

  private static Policy choose(Form form) {
    List<When> whens = form.children("when").stream().map(ControlBindings::when).toList();
    if (whens.isEmpty()) {
      form.problem("element when is required");
    }
    var otherwise = form.child("otherwise");
    var policy = new Choose(form.place(), whens, otherwise.map(Form::statements).orElse(List.of()));
    otherwise.ifPresent(Form::finish);
    return policy;
  }

  private static When when(Form form) {
    var when = new When(form.place(), form.value("condition", Kind.FLAG), form.statements());
    form.finish();
    return when;
  }

  private static Policy returnResponse(Form form) {
    return new ReturnResponse(
        form.place(),
        form.optionalLiteral("response-variable-name", Kind.NAME),
        form.child("set-status").map(TransformBindings::finishedStatus),
        TransformBindings.headers(form),
        form.child("set-body").map(TransformBindings::finishedBody));
  }

  private static Policy retry(Form form) {
    var retry =
        new Retry(
            form.place(),
            form.value("condition", Kind.FLAG),
            form.value("count", Kind.whole(1, 50)),
            form.value("interval", Kind.COUNT),
            form.optional("max-interval", Kind.COUNT),
            form.optional("delta", Kind.COUNT),
            form.value("first-fast-retry", Kind.FLAG, false),
            form.statements());
    if (retry.body().stream().anyMatch(Wait.class::isInstance)) {
      form.problem("must not hold wait");
    }
    return retry;
  }

  private static Policy waiting(Form form) {
    var wait =
        new Wait(
            form.place(),
            form.value("for", Kind.word(WaitFor.class), WaitFor.ALL),
            form.statements());
    if (!wait.body().stream().allMatch(ControlBindings::runsBeside)) {
      form.problem(
          "may hold send-request, cache-lookup-value, cache-store-value, choose,"
              + " forward-request and authentication only");
    }
    return wait;
  }

  private static boolean runsBeside(Policy policy) {
    return policy instanceof CallPolicy.SendRequest
        || policy instanceof CallPolicy.ForwardRequest
        || policy instanceof CachePolicy.LookupValue
        || policy instanceof CachePolicy.StoreValue
        || policy instanceof Choose
        || policy instanceof SecurityPolicy.ManagedIdentity
        || policy instanceof SecurityPolicy.Basic
        || policy instanceof SecurityPolicy.Certificate;
  }

  private static Policy limitConcurrency(Form form) {
    return new LimitConcurrency(
        form.place(),
        form.value("key", Kind.TEXT),
        form.literal("max-count", Kind.POSITIVE),
        form.statements());
  }

  private static Policy trace(Form form) {
    var message = form.child("message");
    if (message.isEmpty()) {
      form.problem("element message is required");
    }
    var policy =
        new Trace(
            form.place(),
            form.literal("source", Kind.TEXT),
            form.literal("severity", Kind.word(Severity.class), Severity.VERBOSE),
            message.map(one -> one.content(Kind.TRIMMED)).orElse(PolicyValue.text("")),
            form.children("metadata").stream().map(ControlBindings::metadata).toList());
    message.ifPresent(Form::finish);
    return policy;
  }

  private static Metadata metadata(Form form) {
    var metadata = new Metadata(form.literal("name", Kind.NAME), form.value("value", Kind.TEXT));
    form.finish();
    return metadata;
  }

  private static Policy mock(Form form) {
    return new MockResponse(
        form.place(),
        form.value("status-code", Kind.STATUS, 200),
        form.optional("content-type", Kind.NAME));
  }
}
