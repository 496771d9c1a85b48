package io.ccrelay.llm;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The canonical form of one JSON value, written while its tokens are read. Two values have the same
 * form exactly if they are equal: objects as sets of members, arrays as sequences, strings code
 * unit by code unit (no Unicode normalisation; lone surrogates are kept apart), numbers by their
 * decimal value however they are spelt. Confined to one context.
 *
 * <p>Every value begins with a byte that names its kind and ends where its own form says, so that
 * no two sequences of values share their bytes:
 *
 * <ul>
 *   <li>{@code n t f}: null, true, false
 *   <li>{@code s} + length (2 bytes) + UTF-8: a string of up to 4096 bytes
 *   <li>{@code S} + SHA-256: a longer string, so that images and documents are hashed where they
 *       lie instead of being copied
 *   <li>{@code d} + digits + {@code e} + exponent + {@code ;}: a number without leading and
 *       trailing zeros; minus zero is not zero
 *   <li>{@code D} + text + {@code ;}: a number whose exponent has more than nine digits, as spelt
 *   <li>{@code [} values {@code ]} and <code>{</code> names and values, ordered by name <code>}
 *       </code>
 * </ul>
 *
 * <p>The work is linear in the size of the document: what ordering may cost has a bound, beyond
 * which {@link #refusal} says that no form was made.
 */
final class CanonicalForm {

  private static final int LONGEST_COPIED = 4096;

  private byte[] out;
  private int size;
  private int[] members = new int[32];
  private int memberCount;
  private Frame[] frames = new Frame[8];
  private int open;
  private final MemberOrder order;
  private @Nullable BypassReason refusal;

  private static final class Frame {
    private boolean object;
    private boolean unordered;
    private boolean gaps;
    private int start;
    private int firstMember;
    private int element;
  }

  /** A form of a document of {@code length} bytes. */
  CanonicalForm(int length) {
    this.out = new byte[Math.min(length, 64 << 10) + 64];
    this.order = new MemberOrder(length);
  }

  /** Why there is no form, null if there is one. */
  @Nullable BypassReason refusal() {
    return refusal;
  }

  /** SHA-256 of what was written. */
  byte[] digest() {
    return Sha256.of(out, 0, size);
  }

  /** A short digest of what was written from position {@code from} on. */
  String digest(int from) {
    return RequestParts.digest(out, from, size - from);
  }

  /** Number of bytes written so far. */
  int size() {
    return size;
  }

  /** Gives up: from now on nothing is written. */
  void refuse(BypassReason reason) {
    refusal = reason;
    size = 0;
    open = 0;
  }

  void beginObject() {
    begin(true, '{');
  }

  void beginArray() {
    begin(false, '[');
  }

  void endObject() {
    if (refusal != null) {
      return;
    }
    Frame frame = frames[--open];
    if (frame.unordered || frame.gaps) {
      arrange(frame);
    }
    memberCount = frame.firstMember;
    put('}');
  }

  void endArray() {
    if (refusal == null) {
      open--;
      put(']');
    }
  }

  /** Whether what was written last is an object that has no members left. */
  boolean justClosedEmptyObject() {
    return refusal == null && frames[open].start == size - 1;
  }

  void literal(char kind) {
    if (valueBegins()) {
      put(kind);
    }
  }

  void string(JsonTokens tokens) {
    if (valueBegins()) {
      text(tokens);
    }
  }

  /** A string value given as UTF-8 instead of the one that was read. */
  void string(byte[] utf8) {
    if (valueBegins()) {
      text(utf8, 0, utf8.length);
    }
  }

  void number(JsonTokens tokens) {
    if (valueBegins()) {
      room(tokens.to() - tokens.from() + 16);
      size = Decimal.write(tokens.bytes(), tokens.from(), tokens.to(), out, size);
    }
  }

  void name(JsonTokens tokens) {
    if (refusal != null) {
      return;
    }
    if (memberCount == members.length) {
      members = Arrays.copyOf(members, memberCount * 2);
    }
    int start = size;
    members[memberCount++] = start;
    text(tokens);
    Frame frame = frames[open - 1];
    if (!frame.unordered && memberCount - frame.firstMember > 1) {
      int before = MemberOrder.start(members[memberCount - 2]);
      frame.unordered = MemberOrder.compare(out, before, start) >= 0;
    }
  }

  /** Leaves out the value that has just ended: the member with its name, or the element. */
  void drop() {
    if (refusal != null || open == 0) {
      return;
    }
    Frame frame = frames[open - 1];
    if (frame.object) {
      int last = memberCount - 1;
      size = MemberOrder.nameEnd(out, members[last]);
      members[last] = MemberOrder.dropped(members[last]);
      frame.gaps = true;
    } else {
      size = frame.element;
    }
  }

  private void begin(boolean object, char kind) {
    if (!valueBegins()) {
      return;
    }
    put(kind);
    if (open == frames.length) {
      frames = Arrays.copyOf(frames, open * 2);
    }
    Frame frame = frames[open];
    if (frame == null) {
      frame = new Frame();
      frames[open] = frame;
    }
    open++;
    frame.object = object;
    frame.unordered = false;
    frame.gaps = false;
    frame.start = size;
    frame.firstMember = memberCount;
  }

  private boolean valueBegins() {
    if (refusal != null) {
      return false;
    }
    if (open > 0) {
      frames[open - 1].element = size;
    }
    return true;
  }

  private void arrange(Frame frame) {
    int count = memberCount - frame.firstMember;
    var outcome = order.arrange(out, frame.start, size, members, frame.firstMember, count);
    if (outcome < 0) {
      refuse(outcome == MemberOrder.TWICE ? BypassReason.DUPLICATE_KEY : BypassReason.TOO_COMPLEX);
    } else {
      size = outcome;
    }
  }

  private void text(JsonTokens tokens) {
    int from = tokens.from();
    int length = tokens.to() - from;
    if (!tokens.escaped()) {
      text(tokens.bytes(), from, length);
      return;
    }
    room(length + 64);
    int start = size + 3;
    int end = JsonText.decode(tokens.bytes(), from, tokens.to(), out, start);
    if (end - start > LONGEST_COPIED) {
      hashed(Sha256.of(out, start, end - start));
    } else {
      head(end - start);
      size = end;
    }
  }

  private void text(byte[] utf8, int from, int length) {
    if (length > LONGEST_COPIED) {
      room(64);
      hashed(Sha256.of(utf8, from, length));
    } else {
      room(length + 8);
      head(length);
      System.arraycopy(utf8, from, out, size, length);
      size += length;
    }
  }

  private void head(int length) {
    out[size] = 's';
    out[size + 1] = (byte) (length >> 8);
    out[size + 2] = (byte) length;
    size += 3;
  }

  private void hashed(byte[] digest) {
    out[size++] = 'S';
    System.arraycopy(digest, 0, out, size, digest.length);
    size += digest.length;
  }

  private void put(char kind) {
    room(1);
    out[size++] = (byte) kind;
  }

  private void room(int more) {
    if (out.length - size < more) {
      out = Arrays.copyOf(out, Math.max(size + more, out.length + (out.length >> 1)));
    }
  }
}
