package io.ccrelay.policy.run;

import io.ccrelay.policy.LimitPolicy.Subject;
import io.ccrelay.policy.Place;

/** What a limit counts a call under: its definition, its API or its operation. */
final class Subjects {

  private final Conversation conversation;

  Subjects(Conversation conversation) {
    this.conversation = conversation;
  }

  /** Of one definition all callers' requests count together, wherever it is inherited. */
  static String definition(Place place) {
    return place.scope().token() + " " + place.position().document() + " " + place.path();
  }

  String api() {
    return conversation.api().id();
  }

  String operation() {
    return api() + "/" + conversation.operation().id();
  }

  /** Whether the API of the call is meant. */
  boolean isApi(Subject subject) {
    var api = conversation.api();
    return isMeant(subject, api.id(), api.name());
  }

  /** Whether the operation of the call is meant. */
  boolean isOperation(Subject subject) {
    var operation = conversation.operation();
    return isMeant(subject, operation.id(), operation.name());
  }

  private static boolean isMeant(Subject subject, String id, String name) {
    return subject
        .id()
        .map(id::equals)
        .orElseGet(() -> subject.name().filter(name::equals).isPresent());
  }
}
