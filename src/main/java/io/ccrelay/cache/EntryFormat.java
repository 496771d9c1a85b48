package io.ccrelay.cache;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an {@link Entry}, the same in every store. Safe for use from any context.
 *
 * <pre>
 *   head   2  'C' 'R'
 *          1  version
 *          1  form
 *          4  length of the head
 *          4  length of the body
 *          4  status
 *         12  stored at: seconds since 1970, nanoseconds
 *         12  fresh for: seconds, nanoseconds
 *         12  stale for: seconds, nanoseconds
 *         16  input tokens, output tokens
 *          *  sections: kind (1), length (varint), content
 *          4  CRC-32C of the head up to here (RFC 3720 appendix B.4)
 *   body
 * </pre>
 *
 * <p>Numbers are big-endian. A text is a varint, twice its length, and its UTF-8 form; or a varint
 * that is odd, twice the number of a name that entries repeat, plus one. A section of an unknown
 * kind is skipped by its length, so that kinds can be added without a new version. The checksum
 * leaves the body out: it would cost every hit a pass over the content, which the transport to a
 * remote store protects already.
 */
public final class EntryFormat {

  static final byte MAGIC_0 = 'C';
  static final byte MAGIC_1 = 'R';
  static final byte VERSION = 1;
  static final int PREAMBLE = 12;
  static final int FIXED = PREAMBLE + 4 + 3 * 12 + 16;
  static final int CHECKSUM = 4;

  /** Lowest bit of a text's varint when it is the number of a known name. */
  static final int KNOWN_NAME = 1;

  static final byte FIELDS = 1;
  static final byte TAGS = 2;
  static final byte ATTRIBUTES = 3;

  /** Seconds since 1970, nanoseconds; absent if asked for when stored. */
  static final byte ASKED = 4;

  private EntryFormat() {}

  /** The bytes of {@code entry}, in an array of exactly their length. Text must be well-formed. */
  public static Bytes encode(Entry entry) {
    return EntryWriter.write(entry);
  }

  /**
   * The entry that {@link #encode} was given; empty if the version is unknown or the bytes are
   * damaged, whatever they are. The body is a slice of {@code bytes}.
   */
  public static Optional<Entry> decode(Bytes bytes) {
    return bytes.lend(
        (array, offset, size) -> Optional.ofNullable(EntryReader.read(bytes, array, offset, size)));
  }

  /** The version that is written and read. */
  public static int version() {
    return VERSION;
  }

  /** The version of an entry that another program wrote; empty if it is this one's, or no entry. */
  public static OptionalInt foreignVersion(Bytes bytes) {
    return bytes.lend((array, offset, size) ->
        size > 2
                && array[offset] == MAGIC_0
                && array[offset + 1] == MAGIC_1
                && array[offset + 2] != VERSION
            ? OptionalInt.of(Byte.toUnsignedInt(array[offset + 2]))
            : OptionalInt.empty());
  }

  static int checksum(byte[] array, int offset, int length) {
    var crc = new CRC32C();
    crc.update(array, offset, length);
    return (int) crc.getValue();
  }

  /** How a form is written: never by its position in the enumeration, which may change. */
  static byte code(Entry.Form form) {
    return switch (form) {
      case JSON -> 1;
      case EVENT_STREAM -> 2;
      case OPAQUE -> 3;
    };
  }

  /** The form written as {@code code}; null for one that this version does not know. */
  static Entry.@Nullable Form form(byte code) {
    return switch (code) {
      case 1 -> Entry.Form.JSON;
      case 2 -> Entry.Form.EVENT_STREAM;
      case 3 -> Entry.Form.OPAQUE;
      default -> null;
    };
  }
}
