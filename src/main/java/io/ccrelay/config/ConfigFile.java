package io.ccrelay.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Reads the bytes of a configuration file. Blocks: for workers and the start of the program. */
final class ConfigFile {

  /** Largest file read, in bytes; also the bound, in characters, of the expanded text. */
  static final int MAX_BYTES = 1 << 20;

  private ConfigFile() {}

  /** What a file held at one moment. */
  sealed interface Contents {

    /** Equal for equal contents. */
    String fingerprint();

    /** A text. */
    record Text(String text, String fingerprint) implements Contents {}

    /** None, for {@code reason}. */
    record Unreadable(String reason) implements Contents {
      @Override
      public String fingerprint() {
        return reason;
      }
    }
  }

  /** The present contents of {@code file}, symbolic links followed. */
  static Contents read(Path file) {
    if (Files.isDirectory(file)) {
      return new Contents.Unreadable("is a directory (expected: a file)");
    }
    try (InputStream input = Files.newInputStream(file)) {
      byte[] bytes = input.readNBytes(MAX_BYTES + 1);
      return bytes.length > MAX_BYTES
          ? new Contents.Unreadable("is larger than 1 MiB")
          : decoded(bytes);
    } catch (NoSuchFileException e) {
      return new Contents.Unreadable("does not exist");
    } catch (IOException e) {
      return new Contents.Unreadable("cannot be read (" + e.getClass().getSimpleName() + ")");
    }
  }

  private static Contents decoded(byte[] bytes) {
    try {
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return new Contents.Text(text, digest(bytes));
    } catch (CharacterCodingException e) {
      return new Contents.Unreadable("is not valid UTF-8");
    }
  }

  private static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
