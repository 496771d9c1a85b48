package io.ccrelay.cli;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.ConnectException;
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

  /** What a relay answered instead of what it was asked for: the message, where there is one. */
  static String refusal(int status, String body) {
    String why = body.strip();
    try {
      JsonObject error = new JsonObject(body).getJsonObject("error", new JsonObject());
      why = error.getString("message", why);
    } catch (DecodeException | ClassCastException other) {
      // Not of ours: told as it is.
    }
    return "error: " + status + ": " + why;
  }

  static String oneLine(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    return switch (failure) {
      case NoSuchFileException _ -> message + ": no such file or directory";
      case AccessDeniedException _ -> message + ": permission denied";
      case FileAlreadyExistsException _ -> message + ": exists already";
      case ConnectException _ -> "cannot connect: does the relay run, and is --url right?";
      case Exception _ when failure.getMessage() == null -> failure.toString();
      default -> message.lines().findFirst().orElse(failure.toString());
    };
  }
}
