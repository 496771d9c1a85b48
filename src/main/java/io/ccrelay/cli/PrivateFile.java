package io.ccrelay.cli;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Writes files that only their owner may read. */
final class PrivateFile {

  private PrivateFile() {}

  /**
   * Puts {@code content} into {@code file} at once: a reader sees the old or the new content. A
   * symbolic link stays one; missing directories are made with mode 0750, the file has mode 0600.
   */
  static void write(Path file, String content) throws IOException {
    write(file, writer -> writer.write(content));
  }

  /** Writes to a file. */
  @FunctionalInterface
  interface Content {
    /** Writes all of it. */
    void to(Writer writer) throws IOException;
  }

  /** The same for content that is written bit by bit. */
  static void write(Path file, Content content) throws IOException {
    Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
    Path directory = target.getParent();
    if (directory == null) {
      throw new IOException(file + ": is a directory");
    }
    Files.createDirectories(directory, mode("rwxr-x---"));
    Path draft = Files.createTempFile(directory, ".cc-relay", ".tmp", mode("rw-------"));
    try {
      try (Writer writer = Files.newBufferedWriter(draft)) {
        content.to(writer);
      }
      Files.move(
          draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private static FileAttribute<?>[] mode(String permissions) {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
