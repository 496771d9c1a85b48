package io.ccrelay.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.cache.Key;
import io.ccrelay.llm.RequestParts;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeptPartsTest {

  private static final int MANY = 20_000;
  private static final int STEP = 499;

  private final KeptParts kept = new KeptParts();

  @Test
  void manyRequestsOfOneShapeAreKnownAtATime() {
    for (int number = 0; number < MANY; number++) {
      kept.kept(key(number), question("m" + number));
    }
    for (int number = 0; number < MANY; number += 4 * STEP) {
      var nearest = kept.nearest(question("m" + number)).orElseThrow();
      assertEquals(key(number), nearest.key());
      assertEquals(List.of(), nearest.differences());
    }
  }

  @Test
  void whatHasOtherNamesIsComparedByThem() {
    kept.kept(key(1), question("m").with(Map.of("temperature", "0")));
    kept.kept(key(2), question("other"));
    var nearest = kept.nearest(question("m").with(Map.of("tools", "t"))).orElseThrow();
    assertEquals(key(1), nearest.key());
    assertEquals(List.of("tools", "temperature"), nearest.differences());
  }

  @Test
  void requestsOfEverOtherNamesPayForThem() {
    for (int number = 0; number < MANY; number++) {
      kept.kept(key(number), odd(number));
    }
    long known =
        IntStream.iterate(0, number -> number < MANY, number -> number + STEP)
            .filter(number -> kept.nearest(odd(number)).orElseThrow().key().equals(key(number)))
            .count();
    assertTrue(known > 0 && known < MANY / STEP / 2, known + " of " + MANY / STEP);
  }

  private static RequestParts odd(int number) {
    return question("m").with(Map.of("x" + number, ""));
  }

  private static RequestParts question(String model) {
    return RequestParts.none()
        .with(
            Map.of(
                "path",
                "/v1/messages",
                "model",
                model,
                "provider",
                "p",
                "scope",
                "s",
                "messages[0]",
                "hello",
                "max_tokens",
                "5",
                "header:anthropic-version",
                "1"));
  }

  private static Key key(int number) {
    return Key.of("%032d".formatted(number));
  }
}
