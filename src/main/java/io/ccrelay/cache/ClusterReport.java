package io.ccrelay.cache;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What one node knows of its cluster.
 *
 * @param state whether the cluster serves
 * @param self name of this node
 * @param coordinator name of the node that leads changes of membership; empty if not known
 * @param members in the order they joined; empty for a relay that only uses a cluster
 * @param owners copies per entry
 * @param needed members without which the cache is not used
 * @param lastMerge when two sides of a split met last
 * @param secured whether members prove who they are
 * @param complaints settings that do not fit together, and the like
 */
public record ClusterReport(
    State state,
    String self,
    String coordinator,
    List<Member> members,
    int owners,
    int needed,
    Optional<Instant> lastMerge,
    boolean secured,
    List<String> complaints) {

  /** Whether the cluster serves. */
  public enum State {
    /** Enough members, none missing that were expected. */
    COMPLETE("complete"),
    /** Enough members, but this one is alone and expected others. */
    ALONE("alone"),
    /** Fewer members than needed: the cache is not used. */
    LACKING("lacking-members"),
    /** The cluster that is used cannot be reached. */
    UNREACHABLE("unreachable");

    private final String token;

    State(String token) {
      this.token = token;
    }

    /** The word in answers and logs. */
    public String token() {
      return token;
    }

    /** Whether the cache is used. */
    public boolean serves() {
      return this == COMPLETE || this == ALONE;
    }
  }

  /**
   * A member.
   *
   * @param name unique while it lives
   * @param address where its client port is, {@code host:port}; empty if not known yet
   * @param version of its program
   * @param keys entries it holds, copies included
   * @param bytes memory they take
   */
  public record Member(String name, String address, String version, long keys, long bytes) {}

  /** Makes the lists immutable. */
  public ClusterReport {
    members = List.copyOf(members);
    complaints = List.copyOf(complaints);
  }
}
