package io.ccrelay.admin;

/** What a caller of the management listener may do. */
public enum Role {
  /** Look at everything that is shown. */
  READ,
  /** Look, and change what is stored. */
  OPERATE;

  /** Whether whoever has this role may do what {@code needed} may do. */
  public boolean covers(Role needed) {
    return compareTo(needed) >= 0;
  }
}
