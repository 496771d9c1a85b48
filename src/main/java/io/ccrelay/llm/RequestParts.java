package io.ccrelay.llm;

import io.ccrelay.cache.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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

  private RequestParts(Map<String, String> digests) {
    this.digests = digests;
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
    more.put(shown(name), digest(bytes, 0, bytes.length));
    return new RequestParts(more);
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
   */
  public int likeness(RequestParts other, int least) {
    int likeness = 2 * digests.size() - other.digests.size();
    for (var part : digests.entrySet()) {
      if (likeness <= least) {
        return likeness;
      }
      if (!part.getValue().equals(other.digests.get(part.getKey()))) {
        likeness -= 3;
      }
    }
    return likeness;
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
        .encodeToString(java.util.Arrays.copyOf(whole, DIGEST_BYTES));
  }

  /** A name as a member of one line: what clients choose must not break it. */
  static String shown(String name) {
    String cut = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
    return cut.replaceAll("[^\\x21-\\x7e]", "_").replace('=', '_');
  }
}
