package io.ccrelay.cache.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Files and directories of which only their owner may see anything, where there are owners. */
public final class PrivateFiles {

  private PrivateFiles() {}

  /** Makes an empty file that is not there yet. */
  public static void create(Path file) throws IOException {
    Files.createFile(file, only(file, "rw-------"));
  }

  /** Makes a directory, if it is not there. */
  public static void createDirectories(Path directory) throws IOException {
    Files.createDirectories(directory, only(directory, "rwx------"));
  }

  private static FileAttribute<?>[] only(Path path, String permissions) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
