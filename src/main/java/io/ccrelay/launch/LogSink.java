package io.ccrelay.launch;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.LayoutBase;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Where log lines go. Writers of the request path never wait: lines pass through a bounded queue
 * and are dropped when the reader of the other end does not keep up.
 */
final class LogSink {

  private static final int QUEUED_LINES = 8192;

  private LogSink() {}

  static Appender<ILoggingEvent> standardOutput(
      LoggerContext context, LayoutBase<ILoggingEvent> lines) {
    return queued(context, console(context, "System.out", lines));
  }

  static Appender<ILoggingEvent> standardError(
      LoggerContext context, LayoutBase<ILoggingEvent> lines) {
    return console(context, "System.err", lines);
  }

  /** Appends to {@code path}, which only its owner may read. */
  static Appender<ILoggingEvent> file(
      LoggerContext context, Path path, LayoutBase<ILoggingEvent> lines) throws IOException {
    makePrivate(path);
    var appender = new FileAppender<ILoggingEvent>();
    appender.setFile(path.toString());
    appender.setAppend(true);
    return queued(context, started(context, appender, lines));
  }

  private static void makePrivate(Path path) throws IOException {
    if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      return;
    }
    var ownerOnly = PosixFilePermissions.fromString("rw-------");
    try {
      Files.createFile(path, PosixFilePermissions.asFileAttribute(ownerOnly));
    } catch (FileAlreadyExistsException present) {
      if (Files.isRegularFile(path)) {
        Files.setPosixFilePermissions(path, ownerOnly);
      }
    }
  }

  private static Appender<ILoggingEvent> console(
      LoggerContext context, String target, LayoutBase<ILoggingEvent> lines) {
    var appender = new ConsoleAppender<ILoggingEvent>();
    appender.setTarget(target);
    return started(context, appender, lines);
  }

  private static Appender<ILoggingEvent> started(
      LoggerContext context,
      OutputStreamAppender<ILoggingEvent> appender,
      LayoutBase<ILoggingEvent> lines) {
    lines.setContext(context);
    lines.start();
    var encoder = new LayoutWrappingEncoder<ILoggingEvent>();
    encoder.setContext(context);
    encoder.setCharset(StandardCharsets.UTF_8);
    encoder.setLayout(lines);
    encoder.start();
    appender.setContext(context);
    appender.setEncoder(encoder);
    appender.start();
    return appender;
  }

  /** {@code sink} behind a bounded queue. */
  static Appender<ILoggingEvent> queued(LoggerContext context, Appender<ILoggingEvent> sink) {
    var queue = new AsyncAppender();
    queue.setContext(context);
    queue.setQueueSize(QUEUED_LINES);
    queue.setDiscardingThreshold(0);
    queue.setNeverBlock(true);
    queue.addAppender(sink);
    queue.start();
    return queue;
  }
}
