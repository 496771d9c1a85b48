package io.ccrelay.cache.cluster;

import io.ccrelay.cache.StoreUnavailableException;
import io.ccrelay.cache.StoreUnavailableException.Reason;
import java.util.concurrent.CompletionException;
import org.infinispan.client.hotrod.exceptions.TransportException;
import org.infinispan.commons.TimeoutException;
import org.infinispan.commons.marshall.MarshallingException;
import org.infinispan.partitionhandling.AvailabilityException;
import org.infinispan.remoting.RemoteException;
import org.infinispan.remoting.transport.jgroups.SuspectException;

/** What the libraries fail with, in the words of the port. */
final class Failures {

  private Failures() {}

  /** The failure of a store that {@code cause} stands for. */
  static StoreUnavailableException of(Throwable cause) {
    Throwable failure =
        cause instanceof CompletionException && cause.getCause() != null ? cause.getCause() : cause;
    return failure instanceof StoreUnavailableException known
        ? known
        : new StoreUnavailableException(reason(failure), failure.getClass().getSimpleName());
  }

  /** What is at the bottom of {@code failure}. */
  static Throwable root(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static Reason reason(Throwable failure) {
    return switch (failure) {
      case AvailabilityException _ -> Reason.QUORUM;
      case TimeoutException _, SuspectException _, RemoteException _, TransportException _ ->
          Reason.NETWORK;
      case MarshallingException _ -> Reason.SERIALIZATION;
      default -> Reason.OTHER;
    };
  }
}
