package io.ccrelay.llm;

import io.ccrelay.cache.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
  private static final RequestParts NONE = new RequestParts(new PartNames(List.of()), new long[0]);

  private final PartNames names;

  /** By place of the name, {@link #DIGEST_BYTES} of a hash each. */
  private final long[] digests;

  private RequestParts(PartNames names, long[] digests) {
    this.names = names;
    this.digests = digests;
  }

  private static RequestParts of(Map<String, Long> digests) {
    return new RequestParts(
        new PartNames(List.copyOf(digests.keySet())),
        digests.values().stream().mapToLong(Long::longValue).toArray());
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
          ? of(collector.digests())
          : NONE;
    });
  }

  /**
   * These and more, by name and with the text each has; one of a name that is known replaces it.
   */
  public RequestParts with(Map<String, String> more) {
    var all = new LinkedHashMap<String, Long>();
    for (int place = 0; place < digests.length; place++) {
      all.put(names.at(place), digests[place]);
    }
    more.forEach((name, text) -> {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      all.put(shown(name), digest(bytes, 0, bytes.length));
    });
    return of(all);
  }

  /** Whether nothing is known. */
  public boolean isEmpty() {
    return digests.length == 0;
  }

  /** How many there are. */
  public int size() {
    return digests.length;
  }

  /** What they are called. */
  public PartNames names() {
    return names;
  }

  /** The same, sharing {@code equal} names. */
  public RequestParts sharing(PartNames equal) {
    return new RequestParts(equal, digests);
  }

  /** The names of the parts that differ from {@code other}'s, in the order of this request. */
  public List<String> differences(RequestParts other) {
    var differing = new ArrayList<String>();
    for (int place = 0; place < digests.length; place++) {
      int there = other.names.place(names.at(place));
      if (there < 0 || other.digests[there] != digests[place]) {
        differing.add(names.at(place));
      }
    }
    other.names.list().stream().filter(name -> names.place(name) < 0).forEach(differing::add);
    return differing;
  }

  /** How many parts equal those of {@code other}, less those that differ. */
  public int likeness(RequestParts other) {
    return likeness(other, Integer.MIN_VALUE);
  }

  /**
   * The same if it is more than {@code least}, else anything that is not: the search ends early.
   */
  public int likeness(RequestParts other, int least) {
    int parts = digests.length + other.digests.length;
    int best = 3 * Math.min(digests.length, other.digests.length) - parts;
    return best <= least ? best : 3 * equal(other) - parts;
  }

  @SuppressWarnings("ReferenceEquality") // names that are shared need no comparison
  private int equal(RequestParts other) {
    int equal = 0;
    boolean same = names == other.names;
    for (int place = 0; place < digests.length; place++) {
      int there = same ? place : other.names.place(names.at(place));
      if (there >= 0 && other.digests[there] == digests[place]) {
        equal++;
      }
    }
    return equal;
  }

  /** One line of text, which {@link #decode} reads. */
  public String encode() {
    var text = new StringBuilder(digests.length * 24);
    for (int place = 0; place < digests.length; place++) {
      text.append(names.at(place)).append('=').append(text(digests[place])).append(' ');
    }
    return text.toString();
  }

  /** What {@link #encode} wrote; what cannot be read is left out. */
  public static RequestParts decode(String text) {
    var digests = new LinkedHashMap<String, Long>();
    for (String part : text.split(" ", -1)) {
      int end = part.lastIndexOf('=');
      if (end > 0) {
        number(part.substring(end + 1))
            .ifPresent(digest -> digests.put(part.substring(0, end), digest));
      }
    }
    return of(digests);
  }

  static long digest(byte[] bytes, int from, int length) {
    return number(Sha256.of(bytes, from, length));
  }

  private static long number(byte[] digest) {
    long number = 0;
    for (int i = 0; i < DIGEST_BYTES; i++) {
      number = number << Byte.SIZE | (digest[i] & 0xff);
    }
    return number;
  }

  private static Optional<Long> number(String text) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(text);
      return bytes.length == DIGEST_BYTES ? Optional.of(number(bytes)) : Optional.empty();
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  private static String text(long digest) {
    var bytes = new byte[DIGEST_BYTES];
    for (int i = 0; i < DIGEST_BYTES; i++) {
      bytes[i] = (byte) (digest >>> (Byte.SIZE * (DIGEST_BYTES - 1 - i)));
    }
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** A name as a member of one line: what clients choose must not break it. */
  static String shown(String name) {
    String cut = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
    return cut.replaceAll("[^\\x21-\\x7e]", "_").replace('=', '_');
  }
}
