package io.ccrelay.proxy;

import io.netty.util.AsciiString;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Field names and values in the form in which they go out, for those that go out again and again: a
 * text is checked and written a character at a time, bytes are copied. Confined to one context.
 *
 * <p>Names are few and known by what they say, at most {@link #NAMES} of them. Values are known by
 * identity, as caches hand out the same fields for the same entry; at most {@link #PLACES} of
 * {@link #LONGEST} characters are held.
 */
public final class WireText {

  private static final int NAMES = 256;
  private static final int PLACES = 512;
  private static final int LONGEST = 256;

  private final Map<String, AsciiString> names = new HashMap<>();
  private final @Nullable Known[] places = new Known[PLACES];

  private static final class Known {
    private final String text;
    private @Nullable AsciiString bytes;

    Known(String text) {
      this.text = text;
    }
  }

  /** The field name {@code text}. */
  public CharSequence name(String text) {
    AsciiString known = names.get(text);
    if (known != null) {
      return known;
    }
    if (text.length() <= LONGEST && names.size() < NAMES) {
      names.put(text, new AsciiString(text));
    }
    return text;
  }

  /** The field value {@code text}; as bytes from the second time on. */
  @SuppressWarnings("ReferenceEquality") // equal texts are as good, but comparing them is not
  public CharSequence value(String text) {
    if (text.length() > LONGEST) {
      return text;
    }
    int at = System.identityHashCode(text) & (PLACES - 1);
    Known known = places[at];
    if (known == null || known.text != text) {
      places[at] = new Known(text);
      return text;
    }
    if (known.bytes == null) {
      known.bytes = new AsciiString(text);
    }
    return known.bytes;
  }
}
