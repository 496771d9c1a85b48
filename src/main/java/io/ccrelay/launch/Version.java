package io.ccrelay.launch;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The version of this program, as its jar states it. */
public final class Version {

  private Version() {}

  /** Such as {@code 1.2.3}; {@code development} when not run from the jar. */
  public static String current() {
    @Nullable String stated = Version.class.getPackage().getImplementationVersion();
    return Objects.requireNonNullElse(stated, "development");
  }
}
