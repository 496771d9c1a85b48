package io.ccrelay.cache.cluster.purge;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.PurgeFormat;
import io.ccrelay.cache.PurgeLedger;
import io.ccrelay.cache.PurgeRecord;
import io.ccrelay.cache.purge.Swept;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;

/**
 * What members say to each other about purges: kind (1), then a ledger as {@link PurgeFormat}
 * writes it, or three numbers (8 each) and whether they are the last (1). Immutable.
 */
sealed interface PurgeMessage {

  /** Heed {@code record} and say what it made void. */
  record Apply(PurgeRecord record) implements PurgeMessage {}

  /** Say what {@code record} would make void. */
  record Count(PurgeRecord record) implements PurgeMessage {}

  /** Heed all of {@code ledger}. */
  record Learn(PurgeLedger ledger) implements PurgeMessage {}

  /**
   * Done.
   *
   * @param clock the generation that the member's clock showed when it was asked
   */
  record Done(Swept swept, long clock) implements PurgeMessage {}

  int DONE_BYTES = 1 + 3 * Long.BYTES + 1;

  /** The bytes of {@code message}. */
  static Buffer encode(PurgeMessage message) {
    return switch (message) {
      case Apply(PurgeRecord record) -> ledger(1, PurgeLedger.of(List.of(record)));
      case Count(PurgeRecord record) -> ledger(2, PurgeLedger.of(List.of(record)));
      case Learn(PurgeLedger ledger) -> ledger(3, ledger);
      case Done(Swept swept, long clock) ->
          Buffer.buffer(DONE_BYTES)
              .appendByte((byte) 4)
              .appendLong(swept.matched())
              .appendLong(swept.removed())
              .appendLong(clock)
              .appendByte((byte) (swept.complete() ? 1 : 0));
    };
  }

  private static Buffer ledger(int kind, PurgeLedger ledger) {
    return Buffer.buffer()
        .appendByte((byte) kind)
        .appendBytes(PurgeFormat.encode(ledger).toArray());
  }

  /** What {@link #encode} was given; empty if the bytes are damaged. */
  static Optional<PurgeMessage> decode(Buffer bytes) {
    if (bytes.length() == 0) {
      return Optional.empty();
    }
    byte kind = bytes.getByte(0);
    if (kind == 4) {
      return bytes.length() == DONE_BYTES ? Optional.of(done(bytes)) : Optional.empty();
    }
    var rest = Bytes.owned(bytes.getBytes(1, bytes.length()));
    return PurgeFormat.decode(rest).flatMap(ledger -> of(kind, ledger));
  }

  private static Done done(Buffer bytes) {
    var swept = new Swept(bytes.getLong(1), bytes.getLong(9), bytes.getByte(DONE_BYTES - 1) == 1);
    return new Done(swept, bytes.getLong(17));
  }

  private static Optional<PurgeMessage> of(byte kind, PurgeLedger ledger) {
    if (kind == 3) {
      return Optional.of(new Learn(ledger));
    }
    var records = ledger.records();
    if (records.size() != 1) {
      return Optional.empty();
    }
    return switch (kind) {
      case 1 -> Optional.of(new Apply(records.getFirst()));
      case 2 -> Optional.of(new Count(records.getFirst()));
      default -> Optional.empty();
    };
  }
}
