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

  private final FormBytes out;
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
    this.out = new FormBytes(length);
    this.order = new MemberOrder(length);
  }

  /** Why there is no form, null if there is one. */
  @Nullable BypassReason refusal() {
    return refusal;
  }

  /** SHA-256 of what was written. */
  byte[] digest() {
    return Sha256.of(out.array(), 0, out.size());
  }

  /** A short digest of what was written from position {@code from} on. */
  long digest(int from) {
    return RequestParts.digest(out.array(), from, out.size() - from);
  }

  /** Number of bytes written so far. */
  int size() {
    return out.size();
  }

  /** Gives up: from now on nothing is written. */
  void refuse(BypassReason reason) {
    refusal = reason;
    out.cut(0);
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
    out.put('}');
  }

  void endArray() {
    if (refusal == null) {
      open--;
      out.put(']');
    }
  }

  /** Whether what was written last is an object that has no members left. */
  boolean justClosedEmptyObject() {
    return refusal == null && frames[open].start == out.size() - 1;
  }

  void literal(char kind) {
    if (valueBegins()) {
      out.put(kind);
    }
  }

  void string(JsonTokens tokens) {
    if (valueBegins()) {
      out.text(tokens);
    }
  }

  /** A string value given as UTF-8 instead of the one that was read. */
  void string(byte[] utf8) {
    if (valueBegins()) {
      out.text(utf8, 0, utf8.length);
    }
  }

  void number(JsonTokens tokens) {
    if (valueBegins()) {
      out.number(tokens);
    }
  }

  void name(JsonTokens tokens) {
    if (refusal != null) {
      return;
    }
    if (memberCount == members.length) {
      members = Arrays.copyOf(members, memberCount * 2);
    }
    int start = out.size();
    members[memberCount++] = start;
    out.text(tokens);
    Frame frame = frames[open - 1];
    if (!frame.unordered && memberCount - frame.firstMember > 1) {
      int before = MemberOrder.start(members[memberCount - 2]);
      frame.unordered = MemberOrder.compare(out.array(), before, start) >= 0;
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
      out.cut(MemberOrder.nameEnd(out.array(), members[last]));
      members[last] = MemberOrder.dropped(members[last]);
      frame.gaps = true;
    } else {
      out.cut(frame.element);
    }
  }

  private void begin(boolean object, char kind) {
    if (!valueBegins()) {
      return;
    }
    out.put(kind);
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
    frame.start = out.size();
    frame.firstMember = memberCount;
  }

  private boolean valueBegins() {
    if (refusal != null) {
      return false;
    }
    if (open > 0) {
      frames[open - 1].element = out.size();
    }
    return true;
  }

  private void arrange(Frame frame) {
    int count = memberCount - frame.firstMember;
    var outcome =
        order.arrange(out.array(), frame.start, out.size(), members, frame.firstMember, count);
    if (outcome < 0) {
      refuse(outcome == MemberOrder.TWICE ? BypassReason.DUPLICATE_KEY : BypassReason.TOO_COMPLEX);
    } else {
      out.cut(outcome);
    }
  }
}
