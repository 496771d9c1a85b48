package io.ccrelay.policy;

import static io.ccrelay.policy.Section.BACKEND;
import static io.ccrelay.policy.Section.INBOUND;

import io.ccrelay.policy.CallPolicy.Call;
import io.ccrelay.policy.CallPolicy.Deadline;
import io.ccrelay.policy.CallPolicy.ForwardRequest;
import io.ccrelay.policy.CallPolicy.HttpVersion;
import io.ccrelay.policy.CallPolicy.Mode;
import io.ccrelay.policy.CallPolicy.SendOneWayRequest;
import io.ccrelay.policy.CallPolicy.SendRequest;
import io.ccrelay.policy.CallPolicy.SetBackendService;
import io.ccrelay.policy.CallPolicy.Target;
import java.util.Map;
import java.util.Optional;

/** Reads the policies that call. */
final class CallBindings {

  static final Map<String, Binding> ALL =
      Map.of(
          "set-backend-service", Binding.in(CallBindings::backend, INBOUND, BACKEND),
          "forward-request", Binding.in(CallBindings::forward, BACKEND),
          "send-request", Binding.everywhere(CallBindings::send),
          "send-one-way-request", Binding.everywhere(CallBindings::sendOneWay));

  private CallBindings() {}

  private static Policy backend(Form form) {
    var url = form.optional("base-url", Kind.NAME);
    var id = form.optional("backend-id", Kind.NAME);
    if (url.isPresent() == id.isPresent()) {
      form.problem("needs either base-url or backend-id");
    }
    Target target =
        id.<Target>map(Target.BackendId::new)
            .or(() -> url.map(Target.BaseUrl::new))
            .orElseGet(() -> new Target.BaseUrl(PolicyValue.text("")));
    return new SetBackendService(form.place(), target);
  }

  private static Policy forward(Form form) {
    return new ForwardRequest(
        form.place(),
        deadline(form),
        form.optional("continue-timeout", Kind.COUNT),
        form.literal("http-version", Kind.word(HttpVersion.class), HttpVersion.ONE),
        form.value("follow-redirects", Kind.FLAG, false),
        form.value("buffer-request-body", Kind.FLAG, false),
        form.value("buffer-response", Kind.FLAG, true),
        form.value("fail-on-error-status-code", Kind.FLAG, false));
  }

  private static Deadline deadline(Form form, int fallback) {
    return deadline(form).orElseGet(() -> new Deadline(PolicyValue.number(fallback), false));
  }

  private static Optional<Deadline> deadline(Form form) {
    Optional<PolicyValue<Integer>> millis = form.optional("timeout-ms", Kind.POSITIVE);
    Optional<PolicyValue<Integer>> seconds = form.optional("timeout", Kind.POSITIVE);
    if (millis.isPresent() && seconds.isPresent()) {
      form.problem("timeout-ms", "stands beside timeout (expected: one of both)");
    }
    return millis
        .map(amount -> new Deadline(amount, true))
        .or(() -> seconds.map(amount -> new Deadline(amount, false)));
  }

  private static Policy send(Form form) {
    return new SendRequest(
        form.place(),
        form.literal("response-variable-name", Kind.NAME),
        form.value("ignore-error", Kind.FLAG, false),
        form.value("buffer-response", Kind.FLAG, true),
        form.value("fail-on-error-status-code", Kind.FLAG, false),
        call(form));
  }

  private static Policy sendOneWay(Form form) {
    return new SendOneWayRequest(form.place(), call(form));
  }

  private static Call call(Form form) {
    form.unsupported("proxy", "calls go straight to their services");
    var url = form.child("set-url").map(CallBindings::text);
    PolicyValue<Mode> mode = form.value("mode", Kind.word(Mode.class), Mode.NEW);
    if (url.isEmpty()
        && mode instanceof PolicyValue.Literal<Mode>(var _, Mode m)
        && m == Mode.NEW) {
      form.problem("element set-url is required for a new request");
    }
    return new Call(
        mode,
        deadline(form, Call.DEFAULT_TIMEOUT),
        url,
        form.child("set-method").map(CallBindings::text),
        TransformBindings.headers(form),
        form.child("set-body").map(TransformBindings::finishedBody),
        SecurityBindings.ofCall(form));
  }

  private static PolicyValue<String> text(Form form) {
    var text = form.content(Kind.TRIMMED);
    form.finish();
    return text;
  }
}
