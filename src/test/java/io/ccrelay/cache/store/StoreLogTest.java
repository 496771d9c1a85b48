package io.ccrelay.cache.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.CacheOptions;
import io.ccrelay.cache.CacheOptions.Mode;
import io.ccrelay.cache.Key;
import io.ccrelay.cache.Store;
import io.ccrelay.testing.Await;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What operators read about the store. */
class StoreLogTest {

  private static final Key KEY = Key.of("a key whose text is nobody's business");
  private static final Bytes VALUE = Bytes.utf8("secret");

  private final Logger logger = (Logger) LoggerFactory.getLogger("io.ccrelay.cache.store");
  private final ListAppender<ILoggingEvent> events = new ListAppender<>();

  @BeforeEach
  void listen() {
    events.start();
    logger.addAppender(events);
    logger.setLevel(Level.DEBUG);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(events);
    logger.setLevel(null);
  }

  private static CacheOptions options(Mode mode) {
    var defaults = CacheOptions.DEFAULTS;
    return new CacheOptions(
        mode, defaults.deadline(), defaults.local(), defaults.cluster(), defaults.node());
  }

  private List<String> lines() {
    return events.list.stream()
        .map(event -> event.getLevel() + " " + event.getFormattedMessage())
        .toList();
  }

  private void isLogged(String start) {
    assertTrue(lines().stream().anyMatch(line -> line.startsWith(start)), () -> "" + lines());
  }

  @Test
  @DisplayName("opening and closing are information, with mode and sizes (49, 53, 55)")
  void openingAndClosing() {
    Await.result(Stores.create(options(Mode.SINGLE)).close());
    Await.result(Stores.create(options(Mode.DISABLED)).close());

    isLogged("INFO cache.mode: SINGLE");
    isLogged("INFO cache opened: backend=caffeine max_cost=104857600 bytes");
    isLogged("INFO cache closed: backend=caffeine");
    isLogged("DEBUG cache opened: backend=none, caching is disabled");
    isLogged("INFO cache closed: backend=none");
  }

  @Test
  @DisplayName("a store that cannot be opened is an error line (55)")
  void refusal() {
    assertThrows(IllegalArgumentException.class, () -> Stores.create(options(Mode.HA)));

    isLogged("ERROR cache not opened: cache.mode: ha");
  }

  @Test
  @DisplayName("operations are debug lines with key prefix, outcome and size (50-52, 54)")
  void operations() {
    Store store = Stores.create(options(Mode.SINGLE));

    Await.result(store.get(KEY));
    Await.result(store.set(KEY, VALUE, Duration.ofSeconds(5)));
    Await.result(store.get(KEY));
    Await.result(store.delete(KEY));
    Await.result(store.stats());

    String key = "key=" + KEY.prefix();
    isLogged("DEBUG cache get: " + key + " hit=false");
    isLogged("DEBUG cache set: " + key + " size=6 ttl=PT5S stored=true");
    isLogged("DEBUG cache get: " + key + " hit=true");
    isLogged("DEBUG cache delete: " + key);
    isLogged("DEBUG cache stats: Stats[hits=1, misses=1, ");
    assertFalse(lines().stream().anyMatch(line -> line.contains("secret")));
  }

  @Test
  void operationsAreSilentAboveDebug() {
    logger.setLevel(Level.INFO);
    Store store = Stores.create(options(Mode.SINGLE));
    int opened = events.list.size();

    Await.result(store.set(KEY, VALUE));
    Await.result(store.get(KEY));

    assertEquals(opened, events.list.size());
  }
}
