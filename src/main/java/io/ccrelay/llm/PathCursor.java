package io.ccrelay.llm;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Follows a {@link PathTree} along the tokens of one document. Parts of the document that the tree
 * does not reach cost a counter. Confined to one context.
 *
 * @param <V> what a place means
 */
final class PathCursor<V> {

  private final JsonTokens tokens;
  private final List<PathTree<V>> open;
  private final int[] nextIndex;
  private @Nullable PathTree<V> next;
  private @Nullable PathTree<V> here;
  private int outside;

  PathCursor(PathTree<V> root, JsonTokens tokens) {
    this.tokens = tokens;
    this.next = root;
    this.open = new ArrayList<>(root.height() + 1);
    this.nextIndex = new int[root.height() + 1];
  }

  /** Moves on by what has just been read. */
  void follow(JsonToken read) {
    switch (read) {
      case NAME -> next = outside > 0 || open.isEmpty() ? null : open.getLast().member(tokens);
      case OBJECT_START -> enter(-1);
      case ARRAY_START -> enter(0);
      case OBJECT_END, ARRAY_END -> leave();
      case STRING, NUMBER, TRUE, FALSE, NULL -> here = place();
      case END, FAULT -> here = null;
    }
  }

  /**
   * What the place of the last value means, null if nothing; for the end of an object or array, its
   * own place.
   */
  @Nullable V here() {
    return here == null ? null : here.value();
  }

  private void enter(int firstIndex) {
    here = place();
    if (here == null) {
      outside++;
    } else {
      nextIndex[open.size()] = firstIndex;
      open.add(here);
    }
  }

  private void leave() {
    if (outside > 0) {
      outside--;
      here = null;
    } else {
      here = open.removeLast();
    }
  }

  /** The place of the value that begins now. */
  private @Nullable PathTree<V> place() {
    if (outside > 0) {
      return null;
    }
    int level = open.size() - 1;
    if (level < 0 || nextIndex[level] < 0) {
      var place = next;
      next = null;
      return place;
    }
    return open.getLast().element(nextIndex[level]++);
  }
}
