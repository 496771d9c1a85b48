package io.ccrelay.policy;

import java.util.Set;

/** A developer: {@code context.User}. */
public record UserEntity(
    String id, String email, String firstName, String lastName, Set<String> groups) {

  /** Makes the set immutable. */
  public UserEntity {
    groups = Set.copyOf(groups);
  }
}
