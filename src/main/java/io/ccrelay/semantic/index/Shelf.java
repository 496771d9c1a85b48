package io.ccrelay.semantic.index;

import io.ccrelay.semantic.Embedding;
import io.ccrelay.semantic.VectorIndex.Item;
import io.ccrelay.semantic.VectorIndex.Neighbour;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The items of one partition, in blocks. Guarded by itself: every method locks. */
final class Shelf {

  private final int dimensions;
  private final List<Block> blocks = new ArrayList<>(1);
  private final float[] question;
  private float[] sums = new float[0];
  private long compared;

  Shelf(int dimensions) {
    this.dimensions = dimensions;
    this.question = new float[dimensions];
  }

  int dimensions() {
    return dimensions;
  }

  synchronized int size() {
    return blocks.stream().mapToInt(Block::size).sum();
  }

  /** Items that look-ups were compared with so far. */
  synchronized long compared() {
    return compared;
  }

  synchronized void add(Embedding embedding, Item item) {
    if (blocks.isEmpty() || blocks.getLast().isFull()) {
      blocks.add(new Block(dimensions));
    }
    blocks.getLast().add(embedding, item);
  }

  /** Takes {@code item} out. Only the last block is ever partly filled for long. */
  @SuppressWarnings("ReferenceEquality") // this very item, not one like it
  synchronized void remove(Item item) {
    for (Block block : blocks) {
      for (int place = 0; place < block.size(); place++) {
        if (block.item(place) == item) {
          block.remove(place);
          blocks.removeIf(it -> it.size() == 0);
          return;
        }
      }
    }
  }

  synchronized List<Neighbour> nearest(Embedding embedding, int count, double least, Instant now) {
    embedding.copyTo(question, 0);
    var best = new PriorityQueue<>(count + 1, Comparator.comparingDouble(Neighbour::similarity));
    for (Block block : blocks) {
      if (sums.length < block.size()) {
        sums = new float[Block.MOST];
      }
      block.compare(question, sums);
      compared += block.size();
      choose(block, count, least, now, best);
    }
    return best.stream()
        .sorted(Comparator.comparingDouble(Neighbour::similarity).reversed())
        .toList();
  }

  private void choose(
      Block block, int count, double least, Instant now, PriorityQueue<Neighbour> best) {
    double floor = best.size() < count ? least : best.element().similarity();
    for (int place = 0; place < block.size(); place++) {
      double similarity = Block.similarity(sums[place]);
      if (similarity >= floor && block.item(place).until().isAfter(now)) {
        best.add(new Neighbour(block.item(place), similarity));
        if (best.size() > count) {
          best.poll();
        }
        floor = best.size() < count ? least : best.element().similarity();
      }
    }
  }
}
