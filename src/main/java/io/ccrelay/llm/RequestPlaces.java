package io.ccrelay.llm;

import io.ccrelay.llm.RequestPart.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The places that mean something in the request bodies of each route; see {@link Recipe}. */
final class RequestPlaces {

  /** Attribution that the Anthropic service removes from the prompt. */
  static final String BILLING_RULE = "/system/0 (x-anthropic-billing-header)";

  private final Map<String, RequestPart> places = new LinkedHashMap<>();

  private RequestPlaces() {}

  /** The tree for {@code route}, with {@code pointers} left out beside the built-in recipe. */
  static PathTree<RequestPart> of(Route route, List<String> pointers) {
    var all = new RequestPlaces();
    all.note(RequestPart.elsewhere(Role.MODEL), "/model");
    all.note(RequestPart.noted(Role.TEMPERATURE), "/temperature");
    if (route.streams()) {
      all.note(RequestPart.elsewhere(Role.STREAM), "/stream");
    }
    if (route.dialect() == Dialect.ANTHROPIC) {
      all.anthropic();
    } else {
      all.openai(route);
    }
    for (String pointer : pointers) {
      all.leaveOut(pointer);
    }
    return PathTree.of(all.places, RequestPart::and);
  }

  private void anthropic() {
    leaveOut("/metadata", "/user_profile_id", "/diagnostics");
    leaveOut(
        "/cache_control",
        "/system/*/cache_control",
        "/tools/*/cache_control",
        "/messages/*/content/*/cache_control",
        "/messages/*/content/*/content/*/cache_control",
        "/messages/*/content/*/source/content/*/cache_control");
    note(RequestPart.noted(Role.SYSTEM_STRING), "/system");
    note(RequestPart.noted(Role.SYSTEM_BLOCK), "/system/0");
    note(RequestPart.noted(Role.SYSTEM_TYPE), "/system/0/type");
    note(RequestPart.noted(Role.SYSTEM_TEXT), "/system/0/text");
    note(
        RequestPart.noted(Role.TOOL_ID),
        "/messages/*/content/*/id",
        "/messages/*/content/*/tool_use_id");
    note(RequestPart.noted(Role.STATE), "/container");
    note(RequestPart.noted(Role.EFFECTS), "/mcp_servers/*");
    note(RequestPart.noted(Role.TOOL_TYPE), "/tools/*/type");
  }

  private void openai(Route route) {
    leaveOut("/prompt_cache_key");
    if (route == Route.RESPONSES) {
      responses();
      return;
    }
    leaveOut("/metadata", "/user", "/safety_identifier");
    leaveOut("/messages/*/content/*/cache_control", "/tools/*/cache_control");
    note(
        RequestPart.noted(Role.TOOL_ID), "/messages/*/tool_calls/*/id", "/messages/*/tool_call_id");
    note(RequestPart.noted(Role.STATE_IF_TRUE), "/store");
    if (route.streams()) {
      note(RequestPart.noted(Role.STREAM_OPTIONS), "/stream_options");
      note(RequestPart.elsewhere(Role.INCLUDE_USAGE), "/stream_options/include_usage");
    }
  }

  /**
   * The Responses API stores answers unless told otherwise, so an absent {@code store} says
   * nothing; only who sets it, or refers to what is stored, relies on it.
   */
  private void responses() {
    note(RequestPart.noted(Role.STATE_IF_TRUE), "/store", "/background");
    note(RequestPart.noted(Role.STATE), "/previous_response_id", "/conversation", "/prompt");
    note(RequestPart.noted(Role.TOOL_ID), "/input/*/call_id");
    note(RequestPart.noted(Role.ITEM_TYPE), "/input/*/type");
    note(RequestPart.noted(Role.TOOL_TYPE), "/tools/*/type");
  }

  private void note(RequestPart part, String... pointers) {
    for (String pointer : pointers) {
      places.merge(pointer, part, RequestPart::and);
    }
  }

  private void leaveOut(String... pointers) {
    for (String pointer : pointers) {
      note(RequestPart.leftOut(pointer), pointer);
    }
  }
}
