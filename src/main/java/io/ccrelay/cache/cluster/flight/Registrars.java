package io.ccrelay.cache.cluster.flight;

import io.ccrelay.cache.Key;
import java.util.List;

/**
 * Which member is the registrar of a key: the one with the highest hash of both (rendezvous
 * hashing), so that a member that comes or goes moves its own share of the keys only.
 */
final class Registrars {

  private Registrars() {}

  /** The registrar of {@code key} among {@code members}, which are not none. */
  static String of(Key key, List<String> members) {
    String best = members.getFirst();
    int highest = weight(key, best);
    for (String member : members) {
      int weight = weight(key, member);
      if (weight > highest || (weight == highest && member.compareTo(best) < 0)) {
        best = member;
        highest = weight;
      }
    }
    return best;
  }

  /** The finishing step of MurmurHash3, which spreads the bits of both hashes. */
  private static int weight(Key key, String member) {
    int hash = key.hashCode() * 31 + member.hashCode();
    hash = (hash ^ hash >>> 16) * 0x85ebca6b;
    hash = (hash ^ hash >>> 13) * 0xc2b2ae35;
    return hash ^ hash >>> 16;
  }
}
