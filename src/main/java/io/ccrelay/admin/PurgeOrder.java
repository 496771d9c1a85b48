package io.ccrelay.admin;

import io.ccrelay.cache.PurgeSelector;
import io.ccrelay.cache.PurgeSelector.Kind;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a purge request asks for. */
sealed interface PurgeOrder {

  /** To purge, or only to count. */
  record Ask(PurgeSelector selector, boolean dryRun) implements PurgeOrder {}

  /** To empty the external cache of policy documents, or only to count what is in it. */
  record External(boolean dryRun) implements PurgeOrder {}

  /** Something that is none. */
  record Unreadable(String why) implements PurgeOrder {}

  /** The name of the member that asks to count only. */
  String DRY_RUN = "dryRun";

  /** The selector of the external cache. */
  String EXTERNAL = "external";

  /** Reads {@code body}: one selector and perhaps {@link #DRY_RUN}, nothing else. */
  static PurgeOrder parse(@Nullable Buffer body) {
    try {
      var json = new JsonObject(body == null ? Buffer.buffer() : body);
      return of(json);
    } catch (DecodeException | ClassCastException notAnObject) {
      return new Unreadable("The body is not a JSON object.");
    } catch (IllegalArgumentException badValue) {
      return new Unreadable(String.valueOf(badValue.getMessage()));
    }
  }

  private static PurgeOrder of(JsonObject json) {
    Object dryRun = json.getValue(DRY_RUN, false);
    var names = json.fieldNames().stream().filter(name -> !name.equals(DRY_RUN)).toList();
    if (names.equals(List.of(EXTERNAL))
        && Boolean.TRUE.equals(json.getValue(EXTERNAL))
        && dryRun instanceof Boolean countOnly) {
      return new External(countOnly);
    }
    Optional<Kind> kind = names.size() == 1 ? kind(names.getFirst()) : Optional.empty();
    if (kind.isEmpty() || !(dryRun instanceof Boolean countOnly)) {
      return new Unreadable(
          "Exactly one of "
              + Stream.of(Kind.values()).map(Kind::token).collect(Collectors.joining(", "))
              + ", external is expected, and dryRun may be true or false.");
    }
    return selector(kind.get(), json.getValue(kind.get().token()))
        .<PurgeOrder>map(selector -> new Ask(selector, countOnly))
        .orElseGet(() ->
            new Unreadable(
                kind.get() == Kind.ALL
                    ? "all: true is expected."
                    : kind.get().token() + ": a text is expected."));
  }

  private static Optional<PurgeSelector> selector(Kind kind, @Nullable Object value) {
    if (kind == Kind.ALL) {
      return Boolean.TRUE.equals(value) ? Optional.of(PurgeSelector.EVERYTHING) : Optional.empty();
    }
    if (kind == Kind.KEY && value instanceof String text && !text.matches("([0-9a-fA-F]{2})+")) {
      throw new IllegalArgumentException("key: an even number of hexadecimal digits is expected.");
    }
    return value instanceof String text
        ? Optional.of(new PurgeSelector(kind, text))
        : Optional.empty();
  }

  private static Optional<Kind> kind(String token) {
    return Stream.of(Kind.values()).filter(kind -> kind.token().equals(token)).findFirst();
  }
}
