package io.ccrelay.llm.sse;

import io.ccrelay.cache.Bytes;

/**
 * An answer of the OpenAI Responses API: {@code response.created} first, {@code response.completed}
 * last, which carries the whole answer; what comes between repeats parts of it and is not read.
 * Confined to one context.
 */
final class ResponseAssembly implements Assembly {

  private boolean created;
  private Bytes response = Bytes.utf8("{}");

  @Override
  public Step accept(Event event) {
    String type = type(event);
    if (type.equals("error") || type.equals("response.failed")) {
      return Step.FAILS;
    }
    if (!created) {
      created = type.equals("response.created");
      return created ? Step.GOES_ON : Step.VIOLATES;
    }
    return switch (type) {
      case "response.created" -> Step.VIOLATES;
      case "response.incomplete" -> Step.STOPS_SHORT;
      case "response.completed" -> complete(event.data());
      default -> Step.GOES_ON;
    };
  }

  /** Type of an event; servers that imitate the API leave out the {@code event} line. */
  private static String type(Event event) {
    return event.name().equals(Event.UNNAMED)
        ? JsonReader.readObject(event.data()).map(body -> body.text("type")).orElse("")
        : event.name();
  }

  private Step complete(Bytes data) {
    boolean carries =
        JsonReader.readObject(data).flatMap(body -> body.object("response")).isPresent();
    if (!carries) {
      return Step.VIOLATES;
    }
    response =
        JsonReader.member(data, "response")
            .map(span -> data.slice(span.from(), span.to()))
            .orElse(response);
    return Step.COMPLETES;
  }

  @Override
  public Bytes json() {
    return response;
  }

  @Override
  public boolean lossless() {
    return true;
  }
}
