package io.ccrelay.llm;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Which parts of a request body stay out of its key. The body that is forwarded keeps them all.
 *
 * <p>Coding agents mark their requests with things that change from call to call and that no answer
 * depends on; with them in the key nothing would ever be found again. They may be left out because
 * the scope of an entry comes from the credential ({@link Scope}), never from the body.
 *
 * <table>
 * <caption>The built-in recipe</caption>
 * <tr><th>place</th><th>dialect</th><th>why it does not change the answer</th></tr>
 * <tr><td>{@code /metadata}</td><td>both, not on {@code /v1/responses}</td>
 *     <td>names user, device and session</td></tr>
 * <tr><td>{@code /user}, {@code /safety_identifier}</td>
 *     <td>OpenAI, not on {@code /v1/responses}</td><td>names the end user</td></tr>
 * <tr><td>{@code /user_profile_id}</td><td>Anthropic</td><td>names the end user</td></tr>
 * <tr><td>{@code /prompt_cache_key}</td><td>OpenAI</td>
 *     <td>steers the service's own prefix cache</td></tr>
 * <tr><td>{@code /diagnostics}</td><td>Anthropic</td>
 *     <td>refers to the previous answer, to explain a miss of the prefix cache</td></tr>
 * <tr><td>{@code cache_control} of the request, of a system block, of a tool, of a content block of
 *     a message, and of a block inside that block's {@code content} or {@code source/content}</td>
 *     <td>both (OpenAI: of a content part and of a tool)</td>
 *     <td>marks a prefix to be cached by the service</td></tr>
 * <tr><td>the first system block, if it is a text that begins with {@code
 *     x-anthropic-billing-header:}; of a system string that begins so, the first line</td>
 *     <td>Anthropic</td><td>attribution: the service removes it from the prompt; it holds a number
 *     that is new in each call</td></tr>
 * </table>
 *
 * <p>A {@code cache_control} anywhere else, inside a tool's {@code input} or {@code input_schema}
 * for instance, is data of the user and stays. On {@code /v1/responses} the answer repeats {@code
 * metadata}, {@code user} and {@code safety_identifier}, so there they stay too. {@code
 * workspace_id}, {@code service_tier}, {@code speed} and {@code inference_geo} stay everywhere:
 * they choose who serves or what it costs.
 *
 * <p>Apart from the recipe, {@code model} enters the key as the name that the service gets, and
 * {@code stream} and {@code stream_options.include_usage} do not enter: they choose the wire form,
 * and one entry serves both forms.
 *
 * <p>Immutable; safe for use from any context.
 */
public final class Recipe {

  /** The built-in recipe alone. */
  public static final Recipe BUILT_IN = new Recipe(List.of());

  private final Map<Route, PathTree<RequestPart>> trees = new EnumMap<>(Route.class);

  private Recipe(List<String> pointers) {
    for (Route route : Route.values()) {
      trees.put(route, RequestPlaces.of(route, pointers));
    }
  }

  /**
   * The built-in recipe and more places.
   *
   * @param pointers JSON pointers (RFC 6901) in which {@code *} stands for every index of an array;
   *     an element that is left out is as if it were not in its array
   * @throws IllegalArgumentException naming the first pointer that {@link #fault} objects to
   */
  public static Recipe of(List<String> pointers) {
    for (String pointer : pointers) {
      fault(pointer)
          .ifPresent(fault -> {
            throw new IllegalArgumentException("cache.responses.ignore: " + pointer + ": " + fault);
          });
    }
    return pointers.isEmpty() ? BUILT_IN : new Recipe(pointers);
  }

  /** What is wrong with a pointer, if anything is. */
  public static Optional<String> fault(String pointer) {
    if (!pointer.startsWith("/")) {
      return Optional.of("a JSON pointer begins with /");
    }
    if (pointer.length() > 512) {
      return Optional.of("longer than 512 characters");
    }
    for (int i = pointer.indexOf('~'); i >= 0; i = pointer.indexOf('~', i + 1)) {
      char next = i + 1 < pointer.length() ? pointer.charAt(i + 1) : ' ';
      if (next != '0' && next != '1') {
        return Optional.of("~ stands only before 0 or 1");
      }
    }
    return Optional.empty();
  }

  /** The places of a route's bodies that mean something. */
  PathTree<RequestPart> places(Route route) {
    return Objects.requireNonNull(trees.get(route));
  }
}
