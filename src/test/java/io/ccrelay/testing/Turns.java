package io.ccrelay.testing;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** A context whose tasks run when a test says so, in order. Confined to one thread. */
public final class Turns implements Executor {

  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private boolean gone;

  @Override
  public void execute(Runnable task) {
    if (gone) {
      throw new RejectedExecutionException("the context is gone");
    }
    tasks.add(task);
  }

  /** Runs the next task, if there is one. */
  public boolean one() {
    Runnable next = tasks.poll();
    if (next != null) {
      next.run();
    }
    return next != null;
  }

  /** Runs all tasks and those they add. */
  public void all() {
    while (one()) {}
  }

  /** Whether there is nothing to run. */
  public boolean isIdle() {
    return tasks.isEmpty();
  }

  /** Drops all tasks and refuses others, as a stopped event loop does. */
  public void die() {
    gone = true;
    tasks.clear();
  }
}
