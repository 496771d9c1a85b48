package io.ccrelay.cache.cluster.flight;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.EntryFormat;
import io.ccrelay.cache.Flights;
import io.ccrelay.cache.cluster.wire.Wire;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * A flight of this process whose leader is on another member: repeats what that leader tells.
 * Confined to the context of the flight, but for the methods that say otherwise.
 */
final class Mirror {

  /** Bytes a leader may send ahead of credit. */
  static final int WINDOW = 512 << 10;

  /** Credit that is worth a message. */
  private static final int WORTH_TELLING = WINDOW / 4;

  /** Turns of silence after which a leader is given up. */
  private static final int PATIENCE = 4;

  /** Largest entry taken over, bytes. */
  private static final int LARGEST_ENTRY = 64 << 20;

  private final Wire wire;
  private final String member;
  private final long stream;
  private final Flights.Leader leader;
  private final Executor context;
  private final Consumer<Mirror> gone;

  private final ByteArrayOutputStream entry = new ByteArrayOutputStream();
  private int expected;
  private int owed;
  private int silentTurns;
  private boolean followed;
  private boolean over;

  /**
   * A mirror of {@code stream}, which {@code member} will send.
   *
   * @param leader of the flight here
   * @param context where {@code leader} lives
   * @param gone told of the end
   */
  Mirror(
      Wire wire,
      String member,
      long stream,
      Flights.Leader leader,
      Executor context,
      Consumer<Mirror> gone) {
    this.wire = wire;
    this.member = member;
    this.stream = stream;
    this.leader = leader;
    this.context = context;
    this.gone = gone;
  }

  // From any context.

  String member() {
    return member;
  }

  long stream() {
    return stream;
  }

  void told(Frame.News news) {
    context.execute(() -> hear(news));
  }

  /** A turn has passed. */
  void turn() {
    context.execute(() -> {
      silentTurns++;
      if (silentTurns > PATIENCE) {
        giveUp("leader-lost");
      } else if (!over) {
        wire.tell(member, FrameFormat.encode(new Frame.Credit(stream, 0)));
      }
    });
  }

  /** The leader's member is gone, or this one stops. */
  void lost(String token) {
    context.execute(() -> giveUp(token));
  }

  // On the flight's context.

  /** Begins to act as the flight's leader. */
  void begin() {
    leader.onChange(this::audienceChanged);
  }

  /** Whether anything was heard. */
  boolean hasHeard() {
    return expected > 0;
  }

  /** Ends without a word: somebody else leads the flight. */
  void drop() {
    leader.onChange(() -> {});
    close();
  }

  private void audienceChanged() {
    followed |= leader.followers() > 0;
    if (followed && leader.followers() == 0) {
      giveUp("client-gone");
    } else {
      settle();
    }
  }

  private void giveUp(String token) {
    if (!over) {
      wire.tell(member, FrameFormat.encode(new Frame.Leave(stream)));
      close();
      leader.fail(token);
    }
  }

  private void close() {
    over = true;
    gone.accept(this);
  }

  private void hear(Frame.News news) {
    if (over) {
      return;
    }
    silentTurns = 0;
    if (news.number() != expected) {
      giveUp("news-lost");
      return;
    }
    if (!(news.event() instanceof Frame.Beat)) {
      expected++;
    }
    owed += news.event().cost();
    pass(news.event());
    settle();
  }

  private void pass(Frame.Event event) {
    switch (event) {
      case Frame.Head(int status, var fields) -> leader.head(status, fields);
      case Frame.Chunk(Bytes bytes) -> leader.chunk(bytes);
      case Frame.Part(Bytes bytes) -> collect(bytes);
      case Frame.Complete(int size) -> complete(size);
      case Frame.Alone(String token) -> {
        close();
        leader.refuse(token);
      }
      case Frame.Leaderless(String token) -> {
        close();
        leader.fail(token);
      }
      case Frame.Beat _ -> {}
    }
  }

  private void collect(Bytes bytes) {
    if (entry.size() + (long) bytes.size() > LARGEST_ENTRY) {
      giveUp("too-large");
    } else {
      bytes.writeTo(entry);
    }
  }

  private void complete(int size) {
    close();
    EntryFormat.decode(Bytes.owned(entry.toByteArray()))
        .filter(_ -> entry.size() == size)
        .ifPresentOrElse(leader::complete, () -> leader.fail("entry-unreadable"));
  }

  /** Gives credit for what was heard while somebody here keeps up. */
  private void settle() {
    boolean wanted = !followed || leader.hungry() || entry.size() > 0;
    if (!over && wanted && owed >= WORTH_TELLING) {
      wire.tell(member, FrameFormat.encode(new Frame.Credit(stream, owed)));
      owed = 0;
    }
  }
}
