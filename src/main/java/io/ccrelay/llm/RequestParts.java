package io.ccrelay.llm;

import io.ccrelay.cache.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * What a request is made of, as a short digest for each part: the members of its body, each of its
 * messages, the fields that enter the key, the scope. Kept beside an entry to tell later which part
 * of another request differs; tells nothing of what the parts say. Immutable.
 */
public final class RequestParts {

  /** Parts beyond are not told apart: they count as one. */
  static final int MOST = 512;

  private static final int DIGEST_BYTES = 6;
  private static final int LONGEST_NAME = 64;
  private static final RequestParts NONE = new RequestParts(Map.of());

  private final Map<String, String> digests;

  /**
   * A number for each part, its name and digest hashed, ascending: one row of memory to compare.
   */
  private final long[] marks;

  private RequestParts(Map<String, String> digests) {
    this(digests, marks(digests));
  }

  private RequestParts(Map<String, String> digests, long[] marks) {
    this.digests = digests;
    this.marks = marks;
  }

  /** Of a request of which nothing is known. */
  public static RequestParts none() {
    return NONE;
  }

  /**
   * The parts of a body: its members by name, {@code messages} and {@code input} by element, each
   * in canonical form and without what {@code recipe} leaves out. None if the body has no key.
   */
  public static RequestParts of(Route route, Bytes body, Recipe recipe) {
    return body.lend((array, offset, length) -> {
      var collector = new PartsCollector();
      var reader = new RequestReader(route, array, offset, length, recipe, collector);
      return reader.read() instanceof Parsed.Understood(ChatRequest request)
              && request.bypass().isEmpty()
          ? new RequestParts(collector.digests())
          : NONE;
    });
  }

  /** These and one more, whose value is {@code text}. */
  public RequestParts with(String name, String text) {
    var more = new LinkedHashMap<>(digests);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    String shown = shown(name);
    String digest = digest(bytes, 0, bytes.length);
    return more.put(shown, digest) == null
        ? new RequestParts(more, inserted(marks, mark(shown, digest)))
        : new RequestParts(more);
  }

  /** Whether nothing is known. */
  public boolean isEmpty() {
    return digests.isEmpty();
  }

  /** The names of the parts that differ from {@code other}'s, in the order of this request. */
  public List<String> differences(RequestParts other) {
    var names = new LinkedHashSet<>(digests.keySet());
    names.addAll(other.digests.keySet());
    var differing = new ArrayList<String>();
    for (String name : names) {
      if (!String.valueOf(digests.get(name)).equals(String.valueOf(other.digests.get(name)))) {
        differing.add(name);
      }
    }
    return differing;
  }

  /** How many parts equal those of {@code other}, less those that differ. */
  public int likeness(RequestParts other) {
    return likeness(other, Integer.MIN_VALUE);
  }

  /**
   * The same if it is more than {@code least}, else anything that is not: the search ends early.
   * Two parts in 2^64 that differ pass for equal.
   */
  public int likeness(RequestParts other, int least) {
    int parts = marks.length + other.marks.length;
    int best = 3 * Math.min(marks.length, other.marks.length) - parts;
    return best <= least ? best : 3 * equal(marks, other.marks) - parts;
  }

  /** How many numbers two ascending rows share. */
  private static int equal(long[] some, long[] others) {
    int equal = 0;
    int at = 0;
    for (long one : some) {
      while (at < others.length && others[at] < one) {
        at++;
      }
      if (at < others.length && others[at] == one) {
        equal++;
        at++;
      }
    }
    return equal;
  }

  private static long[] marks(Map<String, String> digests) {
    var marks = new long[digests.size()];
    int count = 0;
    for (var part : digests.entrySet()) {
      marks[count++] = mark(part.getKey(), part.getValue());
    }
    Arrays.sort(marks);
    return marks;
  }

  private static long[] inserted(long[] marks, long one) {
    int found = Arrays.binarySearch(marks, one);
    int at = found < 0 ? -found - 1 : found;
    long[] more = Arrays.copyOf(marks, marks.length + 1);
    System.arraycopy(marks, at, more, at + 1, marks.length - at);
    more[at] = one;
    return more;
  }

  /** FNV-1a in 64 bits. */
  private static long mark(String name, String digest) {
    long hash = 0xcbf29ce484222325L;
    for (String text : List.of(name, "=", digest)) {
      for (int i = 0; i < text.length(); i++) {
        hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
      }
    }
    return hash;
  }

  /** One line of text, which {@link #decode} reads. */
  public String encode() {
    var text = new StringBuilder(digests.size() * 24);
    digests.forEach((name, digest) -> text.append(name).append('=').append(digest).append(' '));
    return text.toString();
  }

  /** What {@link #encode} wrote; what cannot be read is left out. */
  public static RequestParts decode(String text) {
    var digests = new LinkedHashMap<String, String>();
    for (String part : text.split(" ", -1)) {
      int end = part.lastIndexOf('=');
      if (end > 0) {
        digests.put(part.substring(0, end), part.substring(end + 1));
      }
    }
    return new RequestParts(digests);
  }

  /** The parts by name, in their order. */
  public Map<String, String> digests() {
    return Collections.unmodifiableMap(digests);
  }

  static String digest(byte[] bytes, int from, int length) {
    byte[] whole = Sha256.of(bytes, from, length);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Arrays.copyOf(whole, DIGEST_BYTES));
  }

  /** A name as a member of one line: what clients choose must not break it. */
  static String shown(String name) {
    String cut = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
    return cut.replaceAll("[^\\x21-\\x7e]", "_").replace('=', '_');
  }
}
