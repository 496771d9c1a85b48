package io.ccrelay.cli;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import java.util.concurrent.ExecutionException;

/** Failures as a user reads them. */
final class Failures {

  private Failures() {}

  /** What a future failed with. */
  static Throwable cause(ExecutionException failure) {
    return Objects.requireNonNullElse(failure.getCause(), failure);
  }

  static String oneLine(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    return switch (failure) {
      case NoSuchFileException _ -> message + ": no such file or directory";
      case AccessDeniedException _ -> message + ": permission denied";
      case FileAlreadyExistsException _ -> message + ": exists already";
      case RuntimeException _ when failure.getMessage() == null -> failure.toString();
      default -> message.lines().findFirst().orElse(failure.toString());
    };
  }
}
