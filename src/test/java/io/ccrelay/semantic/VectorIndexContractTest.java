package io.ccrelay.semantic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.cache.Key;
import io.ccrelay.cache.RedisOptions;
import io.ccrelay.cache.store.RedisStore;
import io.ccrelay.semantic.VectorIndex.Added;
import io.ccrelay.semantic.VectorIndex.Item;
import io.ccrelay.semantic.VectorIndex.Neighbour;
import io.ccrelay.semantic.index.FlatIndex;
import io.ccrelay.semantic.redis.ChosenIndex;
import io.ccrelay.semantic.redis.RedisVectorIndex;
import io.ccrelay.testing.Await;
import io.ccrelay.testing.RedisBinary;
import io.ccrelay.testing.RedisProcess;
import io.ccrelay.testing.Waiting;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@link VectorIndex} promises, for the one in this process and that of a Redis server. */
class VectorIndexContractTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant LATER = NOW.plusSeconds(60);
  private static final Key HERE = Key.of("here");
  private static final Key THERE = Key.of("there");

  /** The indexes: at most 4 questions, 3 of a partition, 3 of a scope, or many. */
  enum Indexes {
    FLAT {
      @Override
      Session open(int most) {
        var bounds = new FlatIndex.Bounds(most, most == 4 ? 3 : most, most == 4 ? 3 : most);
        return new Session(new FlatIndex(bounds), () -> {});
      }
    },

    /** Needs a Redis server of version 8, or the case is skipped. */
    REDIS_VECTOR_SETS {
      @Override
      Session open(int most) {
        return shared(RedisProcess.open(RedisBinary.VECTOR_SETS), most);
      }
    },

    /** A server without vector sets, beside which questions are searched in this process. */
    REDIS_WITHOUT {
      @Override
      Session open(int most) {
        return shared(RedisProcess.open(RedisBinary.BEFORE_VECTOR_SETS), most);
      }
    };

    abstract Session open(int most);

    private static Session shared(RedisProcess server, int most) {
      Vertx vertx = Vertx.vertx();
      var options = RedisOptions.standalone(server.endpoint()).within(Duration.ofSeconds(5));
      var store = new RedisStore(vertx, options, System::nanoTime);
      int some = most == 4 ? 3 : most;
      return new Session(
          new ChosenIndex(
              new RedisVectorIndex(store.commands(), new RedisVectorIndex.Bounds(most, some, some)),
              new FlatIndex(new FlatIndex.Bounds(most, some, some))),
          () -> {
            Await.result(vertx.close());
            server.close();
          });
    }
  }

  private record Session(VectorIndex index, Runnable end) implements AutoCloseable {

    Added add(Key partition, String name, String scope, Embedding vector) {
      return index.add(partition, vector, item(name, scope), NOW);
    }

    List<String> found(Key partition, Embedding vector, double least, Instant now) {
      return index.nearest(partition, vector, 2, least, now).stream()
          .map(neighbour -> neighbour.item().text())
          .toList();
    }

    @Override
    public void close() {
      end.run();
    }
  }

  private static Embedding vector(double... components) {
    var vector = new float[components.length];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) components[i];
    }
    return Embedding.of(vector).orElseThrow();
  }

  private static Item item(String name, String scope) {
    return new Item(Key.of(name), name, scope, LATER);
  }

  @ParameterizedTest(name = "the nearest come first and none from another partition {0}")
  @EnumSource
  void nearest(Indexes indexes) {
    try (var session = indexes.open(4)) {
      session.add(HERE, "a", "s", vector(1, 0));
      session.add(HERE, "b", "s", vector(1, 1));
      session.add(HERE, "c", "s", vector(0, 1));
      session.add(THERE, "d", "t", vector(1, 0));
      assertEquals(List.of("a", "b"), session.found(HERE, vector(1, 0.1), 0, NOW));
      assertEquals(List.of("a"), session.found(HERE, vector(1, 0.1), 0.9, NOW));
      assertEquals(List.of("d"), session.found(THERE, vector(1, 0.1), 0, NOW));
      assertEquals(List.of(), session.found(Key.of("nowhere"), vector(1, 0), 0, NOW));
    }
  }

  @ParameterizedTest(name = "an item comes back as it was added, with its cosine {0}")
  @EnumSource
  void items(Indexes indexes) {
    try (var session = indexes.open(4)) {
      var item = new Item(Key.of("k"), "Was heißt \"грош\"? 💰", "scope {1}", LATER);
      session.index().add(HERE, vector(1, 0, 2), item, NOW);

      Neighbour found = session.index().nearest(HERE, vector(-1, 1, 2), 1, -1, NOW).getFirst();

      assertEquals(item, found.item());
      assertEquals(vector(1, 0, 2).similarity(vector(-1, 1, 2)), found.similarity(), 1e-3);
    }
  }

  @ParameterizedTest(name = "expired, removed and replaced items are not found {0}")
  @EnumSource
  void gone(Indexes indexes) {
    try (var session = indexes.open(4)) {
      session.add(HERE, "a", "s", vector(1, 0));
      assertEquals(List.of(), session.found(HERE, vector(1, 0), 0, LATER));
      session.add(HERE, "a", "s", vector(0, 1));
      assertEquals(1, session.index().size());
      assertEquals(List.of(), session.found(HERE, vector(1, 0), 0.5, NOW));
      session.add(THERE, "a", "s", vector(0, 1));
      assertEquals(List.of(), session.found(HERE, vector(0, 1), 0, NOW));
      assertTrue(session.index().holds(Key.of("a")));

      session.index().remove(Key.of("a"));

      Waiting.until(() -> !session.index().holds(Key.of("a")), "removed");
      assertEquals(List.of(), session.found(THERE, vector(0, 1), 0, NOW));
      assertEquals(0, session.index().bytes());
      session.index().remove(Key.of("a"));
      assertFalse(session.index().holds(Key.of("a")));
    }
  }

  @ParameterizedTest(name = "bounds hold {0}")
  @EnumSource
  void bounds(Indexes indexes) {
    try (var session = indexes.open(4)) {
      assertEquals(Added.ADDED, session.add(HERE, "a", "s", vector(1, 0)));
      assertEquals(Added.WRONG_DIMENSIONS, session.add(HERE, "x", "s", vector(1, 0, 0)));
      assertEquals(Added.ADDED, session.add(HERE, "b", "s", vector(1, 1)));
      assertEquals(Added.ADDED, session.add(HERE, "c", "t", vector(0, 1)));
      assertEquals(Added.PARTITION_FULL, session.add(HERE, "d", "t", vector(0, 1)));
      assertEquals(Added.ADDED, session.add(THERE, "e", "s", vector(0, 1)));
      assertEquals(Added.SCOPE_FULL, session.add(THERE, "f", "s", vector(0, 1)));
      assertEquals(4, session.index().size());
      assertEquals(Added.ADDED, session.add(THERE, "g", "t", vector(0, 1)));
      assertEquals(4, session.index().size());
      assertEquals(List.of("b"), session.found(HERE, vector(1, 0), 0.5, NOW));
      session.index().clear();
      Waiting.until(() -> session.found(HERE, vector(1, 0), -1, NOW).isEmpty(), "nothing is left");
    }
  }

  @ParameterizedTest(name = "what expired makes room in a partition and for its scope {0}")
  @EnumSource
  void room(Indexes indexes) {
    try (var session = indexes.open(4)) {
      for (String name : List.of("a", "b", "c")) {
        var brief = new Item(Key.of(name), name, "s", NOW.plusSeconds(1));
        assertEquals(Added.ADDED, session.index().add(HERE, vector(1, 0), brief, NOW));
      }
      Instant then = NOW.plusSeconds(20);
      assertEquals(Added.ADDED, session.index().add(HERE, vector(0, 1), item("d", "s"), then));
      assertEquals(1, session.index().size());
      assertEquals(List.of("d"), session.found(HERE, vector(0, 1), 0, then));
    }
  }

  @ParameterizedTest(name = "another dimension finds nothing {0}")
  @EnumSource
  void dimensions(Indexes indexes) {
    try (var session = indexes.open(4)) {
      session.add(HERE, "a", "s", vector(1, 0));
      assertEquals(List.of(), session.found(HERE, vector(1, 0, 0), 0, NOW));
    }
  }

  @ParameterizedTest(name = "among many the nearest is found {0}")
  @EnumSource
  void many(Indexes indexes) {
    var random = new Random(7);
    var all = new ArrayList<Embedding>();
    try (var session = indexes.open(1000)) {
      for (int i = 0; i < 300; i++) {
        Embedding vector = random(64, random);
        all.add(vector);
        assertEquals(Added.ADDED, session.add(HERE, "" + i, "s", vector));
      }
      for (int i = 0; i < 300; i += 10) {
        Neighbour found = session.index().nearest(HERE, all.get(i), 1, 0, NOW).getFirst();
        assertEquals("" + i, found.item().text());
        assertEquals(1, found.similarity(), 1e-3);
      }
    }
  }

  private static Embedding random(int dimensions, Random random) {
    var vector = new float[dimensions];
    for (int i = 0; i < dimensions; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    return Embedding.of(vector).orElseThrow();
  }
}
