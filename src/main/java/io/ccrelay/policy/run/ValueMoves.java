package io.ccrelay.policy.run;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Key;
import io.ccrelay.policy.CachePolicy;
import io.ccrelay.policy.CachePolicy.CachedValue;
import io.ccrelay.policy.CachePolicy.CachingType;
import io.ccrelay.policy.CachePolicy.LookupValue;
import io.ccrelay.policy.CachePolicy.RemoveValue;
import io.ccrelay.policy.CachePolicy.StoreValue;
import io.ccrelay.policy.PolicyValue;
import io.ccrelay.policy.run.ValueFormat.Stored;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Statements over the cache of values, whose keys all APIs of a service share. */
final class ValueMoves {

  private final Conversation conversation;
  private final Values values;

  ValueMoves(Conversation conversation, Values values) {
    this.conversation = conversation;
    this.values = values;
  }

  Move perform(CachePolicy statement) {
    return switch (statement) {
      case LookupValue it -> lookup(it);
      case StoreValue it -> store(it);
      case RemoveValue it -> remove(it);
      case CachedValue it -> cached(it);
      default -> Move.NEXT;
    };
  }

  private Move lookup(LookupValue statement) {
    return read(
        slot(values.of(statement.key()), statement.cachingType()),
        found -> {
          if (found.isPresent()) {
            set(statement.variableName(), found.get().value());
          } else {
            orDefault(statement.variableName(), statement.defaultValue());
          }
          return Move.NEXT;
        });
  }

  private void orDefault(String variable, Optional<PolicyValue<Object>> defaultValue) {
    defaultValue.ifPresent(value -> set(variable, values.object(value)));
  }

  private Move store(StoreValue statement) {
    @Nullable Object value = values.object(statement.value());
    int seconds = values.of(statement.duration());
    return write(
        slot(values.of(statement.key()), statement.cachingType()), value, seconds, _ -> Move.NEXT);
  }

  /** Writes what can be stored: no null, and nothing that would be stale at once. */
  private Move write(
      Slot slot, @Nullable Object value, int seconds, Function<Optional<Bytes>, Move> then) {
    Optional<Bytes> bytes =
        value == null || seconds <= 0
            ? Optional.empty()
            : ValueFormat.encode(value, conversation.now());
    if (bytes.isEmpty()) {
      conversation.trace("cache-store-value", "The value was not stored.");
      return then.apply(Optional.empty());
    }
    conversation.ownWrites().put(slot, bytes);
    return new Move.Ask(
        new Effect.Write(slot, bytes.get(), Duration.ofSeconds(seconds)), _ -> then.apply(bytes));
  }

  private Move remove(RemoveValue statement) {
    Slot slot = slot(values.of(statement.key()), statement.cachingType());
    boolean strict = values.of(statement.failOnCacheRemovalError());
    conversation.ownWrites().put(slot, Optional.empty());
    return new Move.Ask(
        new Effect.Remove(slot),
        answer -> {
          if (strict && answer instanceof Answer.CacheFailed(String why)) {
            throw PolicyFailure.internal(
                "cache-remove-value", "CacheRemovalFailure", "The value was not removed: " + why);
          }
          return Move.NEXT;
        });
  }

  private Move cached(CachedValue statement) {
    Slot slot = slot(values.of(statement.key()), statement.cachingType());
    return read(
        slot,
        found -> {
          boolean fresh =
              found.isPresent()
                  && found.get().age(conversation.now()).compareTo(refresh(statement)) < 0;
          if (fresh) {
            set(statement.variableName(), found.get().value());
            return Move.NEXT;
          }
          Key flight = Keys.of("flight", slot.key().hex());
          return new Move.Ask(
              new Effect.Board(flight, found.isEmpty()),
              answer -> boarded(statement, slot, flight, found, answer));
        });
  }

  private Duration refresh(CachedValue statement) {
    int expires = values.of(statement.expiresAfter());
    return Duration.ofSeconds(values.of(statement.refreshAfter()).orElse(expires));
  }

  private Move boarded(
      CachedValue statement, Slot slot, Key flight, Optional<Stored> stale, Answer answer) {
    Optional<Stored> value =
        answer instanceof Answer.Landed(var landed) ? landed.flatMap(ValueFormat::decode) : stale;
    if (!(answer instanceof Answer.Leads) && value.isPresent()) {
      set(statement.variableName(), value.get().value());
      return Move.NEXT;
    }
    boolean leads = answer instanceof Answer.Leads;
    String name = statement.variableName();
    boolean had = conversation.variables().containsKey(name);
    @Nullable Object before = conversation.variables().remove(name);
    return new Move.Run(
        statement.value(),
        () -> {
          @Nullable Object made = conversation.variables().getOrDefault(name, null);
          if (made == null) {
            unmade(statement, stale, had, before);
          }
          return write(
              slot,
              made,
              values.of(statement.expiresAfter()),
              bytes -> leads ? Move.done(new Effect.Land(flight, bytes)) : Move.NEXT);
        });
  }

  private void unmade(
      CachedValue statement, Optional<Stored> stale, boolean had, @Nullable Object before) {
    String name = statement.variableName();
    conversation.variables().remove(name);
    if (had) {
      set(name, before);
    }
    if (stale.isPresent()) {
      set(name, stale.get().value());
    } else {
      orDefault(name, statement.defaultValue());
    }
  }

  private Move read(Slot slot, Function<Optional<Stored>, Move> then) {
    var own = conversation.ownWrites().get(slot);
    if (own != null) {
      return then.apply(own.flatMap(ValueFormat::decode));
    }
    return new Move.Ask(
        new Effect.Read(slot),
        answer ->
            then.apply(
                answer instanceof Answer.Found(var bytes)
                    ? bytes.flatMap(ValueFormat::decode)
                    : Optional.empty()));
  }

  private void set(String variable, @Nullable Object value) {
    conversation.variables().put(variable, value);
  }

  private Slot slot(String key, CachingType cache) {
    return new Slot(Preset.key(conversation.deployment().serviceId(), key), cache);
  }
}
