package io.ccrelay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.testing.RawHttp;
import io.ccrelay.testing.RelayProcesses;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process that has just started loads on an event loop: nothing that takes long. */
class FirstRequestsTest {

  private static final String LOADING = "jdk.ClassLoad";

  @TempDir Path directory;

  @Test
  void aProbeDoesNotWaitUntilJsonCanBeWritten() throws IOException {
    Path recording = directory.resolve("start.jfr");
    try (var processes = new RelayProcesses(directory)) {
      var relay =
          processes
              .add()
              .with(
                  "-XX:StartFlightRecording:%s#enabled=true,%s#threshold=0ms,filename=%s"
                      .formatted(LOADING, LOADING, recording));
      relay.start("");
      processes.until(() -> answers(relay.port()), 30, "it answers probes");
      assertTrue(relay.process().destroy());
      var _ = relay.process().onExit().orTimeout(60, TimeUnit.SECONDS).join();
    }
    List<RecordedEvent> loads =
        RecordingFile.readAllEvents(recording).stream()
            .filter(event -> event.getEventType().getName().equals(LOADING))
            .toList();
    assertTrue(
        loads.stream().anyMatch(FirstRequestsTest::isOnLoop), "that loops load classes is seen");
    assertEquals(
        List.of(),
        loads.stream()
            .filter(FirstRequestsTest::isOnLoop)
            .map(load -> load.getClass("loadedClass").getName())
            .filter(name -> name.startsWith("com.fasterxml.jackson.databind"))
            .toList());
  }

  private static boolean isOnLoop(RecordedEvent load) {
    return load.getThread() != null
        && String.valueOf(load.getThread().getJavaName()).startsWith("vert.x-eventloop");
  }

  private static boolean answers(int port) {
    try {
      return RawHttp.ask(port, "GET", "/health", "Host: localhost").status() == 200;
    } catch (RuntimeException notYet) {
      return false;
    }
  }
}
