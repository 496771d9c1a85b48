package io.ccrelay.cache.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Entry;
import io.ccrelay.cache.EntryFormat;
import io.ccrelay.cache.Key;
import io.ccrelay.cache.PurgeFormat;
import io.ccrelay.cache.PurgeLedger;
import io.ccrelay.cache.Usage;
import io.ccrelay.http.Fields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final Map<Key, Bytes> held = new HashMap<>();
  private final Map<Key, Duration> restored = new HashMap<>();
  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void hold() {
    file = directory.resolve("snapshot");
    for (int i = 0; i < 100; i++) {
      held.put(Key.of("k" + i), EntryFormat.encode(entry(Duration.ofMinutes(i + 1))));
    }
  }

  @Test
  void whatIsWrittenIsReadWithTheTimeThatIsLeft() throws IOException {
    held.put(PurgeFormat.LEDGER, PurgeFormat.encode(PurgeLedger.EMPTY));
    held.put(Key.of("no entry"), Bytes.utf8("?"));
    assertEquals(102, snapshot().write(held.entrySet()));
    assertEquals(51, read(NOW.plus(Duration.ofMinutes(50))));
    assertEquals(Duration.ofMinutes(50), restored.get(Key.of("k99")));
    assertEquals(Duration.ZERO, restored.get(PurgeFormat.LEDGER));
    assertEquals(PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(file));
  }

  @Test
  void aDamagedFileIsReadAsNoneWhereverTheDamageIs() throws IOException {
    snapshot().write(held.entrySet());
    byte[] whole = Files.readAllBytes(file);
    for (int at = 0; at < whole.length; at += 37) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x10;
      Files.write(file, damaged);
      assertThrows(IOException.class, () -> read(NOW), "byte " + at);
      Files.write(file, Arrays.copyOf(whole, at));
      assertThrows(IOException.class, () -> read(NOW), "cut at " + at);
    }
    assertTrue(restored.isEmpty());
  }

  @Test
  void theOldFileStaysUntilTheNewOneIsWhole() throws IOException {
    snapshot().write(held.entrySet());
    Iterable<Map.Entry<Key, Bytes>> breaking =
        () -> {
          throw new IllegalStateException("in the middle");
        };
    assertThrows(IllegalStateException.class, () -> snapshot().write(breaking));
    assertEquals(100, read(NOW));
    snapshot().write(held.entrySet());
    assertEquals(List.of(file), Files.list(directory).toList());
  }

  @Test
  void itIsBounded() throws IOException {
    assertTrue(new Snapshot(file, 1000).write(held.entrySet()) < 20);
    assertTrue(Files.size(file) < 1200);
    assertEquals(0, new Snapshot(directory.resolve("none"), 1000).read(NOW, (k, v, t) -> {}));
  }

  private int read(Instant now) throws IOException {
    return snapshot().read(now, (key, value, ttl) -> restored.put(key, ttl));
  }

  private Snapshot snapshot() {
    return new Snapshot(file, 1 << 20);
  }

  private static Entry entry(Duration freshFor) {
    return new Entry(
        200,
        Entry.Form.JSON,
        NOW,
        freshFor,
        Duration.ZERO,
        Fields.none(),
        List.of(),
        Map.of(),
        Usage.NONE,
        Bytes.utf8("an answer"));
  }
}
