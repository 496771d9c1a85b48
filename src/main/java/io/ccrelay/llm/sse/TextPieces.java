package io.ccrelay.llm.sse;

import java.util.ArrayList;
import java.util.List;

/** Cuts long texts so that no event becomes large. */
final class TextPieces {

  /** Longest piece, in bytes of UTF-8. */
  static final int LONGEST = 16 << 10;

  private TextPieces() {}

  /** Pieces of {@code text}, cut between code points; none of an empty text. */
  static List<String> of(String text) {
    var pieces = new ArrayList<String>();
    int from = 0;
    int bytes = 0;
    for (int i = 0; i < text.length(); ) {
      int codePoint = text.codePointAt(i);
      int width = utf8Width(codePoint);
      if (bytes + width > LONGEST) {
        pieces.add(text.substring(from, i));
        from = i;
        bytes = 0;
      }
      bytes += width;
      i += Character.charCount(codePoint);
    }
    if (from < text.length()) {
      pieces.add(text.substring(from));
    }
    return pieces;
  }

  private static int utf8Width(int codePoint) {
    if (codePoint < 0x80) {
      return 1;
    }
    if (codePoint < 0x800) {
      return 2;
    }
    return codePoint < 0x10000 ? 3 : 4;
  }
}
