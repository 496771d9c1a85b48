package io.ccrelay.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/**
 * Looks at what event loops wait for: the JVM's own flight recorder notes each sleep, each parked
 * thread, each contended lock and each read or write of a file or a blocking socket, and those of
 * threads named as Vert.x names its loops are taken out. What waits for nothing but its next event
 * (select, epoll) is none of these. Classes being loaded and initialized do not count, nor does the
 * recorder itself, the kernel's random numbers, which are there at once, or what the tests' own
 * servers do. Safe for use from any thread.
 */
public final class LoopWatch implements AutoCloseable {

  private static final int DEPTH = 24;
  private static final String LOCKS = "java.util.concurrent.locks.Reentrant";
  private static final String LOOP = "vert.x-eventloop-thread";

  /** How long a loop may wait for a lock that others hold: they may be waiting for a processor. */
  private static final Duration LOCKED = Duration.ofMillis(200);

  /** Event types, and how long one of each may last on a loop before it counts. */
  private static final Map<String, Duration> WAITS =
      Map.of(
          "jdk.ThreadSleep", Duration.ZERO,
          "jdk.ThreadPark", Duration.ZERO,
          "jdk.JavaMonitorWait", Duration.ZERO,
          "jdk.JavaMonitorEnter", LOCKED,
          "jdk.FileRead", Duration.ZERO,
          "jdk.FileWrite", Duration.ZERO,
          "jdk.FileForce", Duration.ZERO,
          "jdk.SocketRead", Duration.ZERO,
          "jdk.SocketWrite", Duration.ZERO,
          "jdk.ProcessStart", Duration.ZERO);

  private final Recording recording = new Recording();

  private LoopWatch() {
    WAITS.forEach((type, least) -> recording.enable(type).withThreshold(least).withStackTrace());
    recording.start();
  }

  /** Begins to look. */
  public static LoopWatch start() {
    return new LoopWatch();
  }

  /** What loops waited for since the start, each kind once, with its stack. Ends the look. */
  public List<String> waits() {
    try {
      Path file = Files.createTempFile("loops", ".jfr");
      try {
        recording.stop();
        recording.dump(file);
        return RecordingFile.readAllEvents(file).stream()
            .filter(LoopWatch::ofLoop)
            .map(LoopWatch::told)
            .distinct()
            .toList();
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    recording.close();
  }

  private static boolean ofLoop(RecordedEvent event) {
    return WAITS.containsKey(event.getEventType().getName())
        && event.getThread() != null
        && String.valueOf(event.getThread().getJavaName()).startsWith(LOOP)
        && !excused(event);
  }

  private static boolean excused(RecordedEvent event) {
    return frames(event).stream().anyMatch(LoopWatch::excused)
        || ofInitialization(event)
        || (event.getDuration().compareTo(LOCKED) < 0 && ofLock(event));
  }

  /** Whether another thread was initializing a class: the JVM waits for that without a call. */
  private static boolean ofInitialization(RecordedEvent event) {
    return event.getEventType().getName().equals("jdk.JavaMonitorWait")
        && frames(event).stream().noneMatch(frame -> frame.startsWith("java.lang.Object.wait"));
  }

  /** Whether the thread was parked by a lock of the JDK, not by what it waits for itself. */
  private static boolean ofLock(RecordedEvent event) {
    return event.hasField("parkedClass")
        && event.getClass("parkedClass") != null
        && event.getClass("parkedClass").getName().startsWith(LOCKS);
  }

  private static boolean excused(String frame) {
    return frame.startsWith("java.lang.ClassLoader.")
        || frame.startsWith("jdk.jfr.")
        || frame.startsWith("jdk.internal.loader.")
        || frame.startsWith("sun.security.provider.NativePRNG")
        || frame.endsWith(".<clinit>")
        || frame.startsWith("io.ccrelay.testing.Fake");
  }

  private static List<String> frames(RecordedEvent event) {
    var frames = new ArrayList<String>();
    if (event.getStackTrace() != null) {
      for (RecordedFrame frame : event.getStackTrace().getFrames()) {
        frames.add(frame.getMethod().getType().getName() + '.' + frame.getMethod().getName());
      }
    }
    return frames;
  }

  private static String told(RecordedEvent event) {
    return event.getEventType().getName()
        + frames(event).stream().limit(DEPTH).collect(Collectors.joining("\n  ", "\n  ", "\n"));
  }
}
