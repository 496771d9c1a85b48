package io.ccrelay.cache.cluster;

import io.ccrelay.cache.Key;
import org.infinispan.client.hotrod.annotation.ClientCacheEntryExpired;
import org.infinispan.client.hotrod.annotation.ClientCacheEntryModified;
import org.infinispan.client.hotrod.annotation.ClientCacheEntryRemoved;
import org.infinispan.client.hotrod.annotation.ClientCacheFailover;
import org.infinispan.client.hotrod.annotation.ClientListener;
import org.infinispan.client.hotrod.event.ClientCacheEntryExpiredEvent;
import org.infinispan.client.hotrod.event.ClientCacheEntryModifiedEvent;
import org.infinispan.client.hotrod.event.ClientCacheEntryRemovedEvent;
import org.infinispan.client.hotrod.event.ClientCacheFailoverEvent;

/** Passes on what a remote cluster tells of its changes. Called by the library. */
@ClientListener
public final class RemoteChanges {

  private final SharedMap.Changes changes;

  RemoteChanges(SharedMap.Changes changes) {
    this.changes = changes;
  }

  /** A value was replaced. */
  @ClientCacheEntryModified
  public void modified(ClientCacheEntryModifiedEvent<byte[]> event) {
    changes.changed(Key.ofDigest(event.getKey()));
  }

  /** A value was removed. */
  @ClientCacheEntryRemoved
  public void removed(ClientCacheEntryRemovedEvent<byte[]> event) {
    changes.changed(Key.ofDigest(event.getKey()));
  }

  /** A value expired. */
  @ClientCacheEntryExpired
  public void expired(ClientCacheEntryExpiredEvent<byte[]> event) {
    changes.changed(Key.ofDigest(event.getKey()));
  }

  /** Another server took over; changes in between were not told. */
  @ClientCacheFailover
  public void failover(ClientCacheFailoverEvent event) {
    changes.anyChanged();
  }
}
