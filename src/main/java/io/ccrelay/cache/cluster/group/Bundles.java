package io.ccrelay.cache.cluster.group;

import java.util.Map;
import org.jgroups.View;
import org.jgroups.protocols.PerDestinationBundler;

/**
 * Sends to each member on a thread of its own, so that one that does not take what it is sent holds
 * up nobody else's. Threads of members that left end, which JGroups forgets.
 */
final class Bundles extends PerDestinationBundler {

  @Override
  public void viewChange(View view) {
    var before = Map.copyOf(dests);
    super.viewChange(view);
    before.forEach((member, thread) -> {
      if (!dests.containsKey(member)) {
        thread.stop();
      }
    });
  }
}
