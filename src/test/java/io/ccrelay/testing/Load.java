package io.ccrelay.testing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * Clients that ask the same again and again over kept connections, each as a well-behaved one does:
 * an answer that says {@code Connection: close} is the last of its connection, and a new connection
 * is made only where the server is said to be ready. Safe for use from any thread.
 */
public final class Load implements AutoCloseable {

  private final List<Thread> threads = new ArrayList<>();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final AtomicInteger answered = new AtomicInteger();
  private final Connect connect;
  private final String request;
  private final BooleanSupplier ready;
  private volatile boolean over;

  /** Makes a connection. */
  @FunctionalInterface
  public interface Connect {
    /** A new connection. */
    RawClient open() throws Exception;
  }

  private Load(Connect connect, String request, BooleanSupplier ready) {
    this.connect = connect;
    this.request = request;
    this.ready = ready;
  }

  /** Starts {@code clients} that send {@code request} as long as it is {@code ready}. */
  public static Load start(int clients, Connect connect, String request, BooleanSupplier ready) {
    var load = new Load(connect, request, ready);
    for (int i = 0; i < clients; i++) {
      load.threads.add(Thread.ofVirtual().start(load::run));
    }
    return load;
  }

  /** Answers with status 200 so far. */
  public int answered() {
    return answered.get();
  }

  /** What was not answered, or not with 200, so far: the first few. */
  public List<String> failures() {
    return failures.stream().limit(3).toList();
  }

  /** Waits until every client found the server not ready. */
  public void awaitEnd() {
    Waiting.until(() -> threads.stream().noneMatch(Thread::isAlive), "clients gone");
  }

  @Override
  public void close() {
    over = true;
    awaitEnd();
  }

  private void run() {
    while (!over && ready.getAsBoolean()) {
      try (RawClient client = connect.open()) {
        converse(client);
      } catch (Exception failure) {
        failures.add(failure.toString());
      }
    }
  }

  /** Uses a connection for a while, so that new ones are made under load too. */
  private void converse(RawClient client) throws IOException {
    for (int i = 0; i < 20 && !over; i++) {
      var answer = client.send(request).answer();
      if (answer.isEmpty() || answer.get().status() != 200) {
        failures.add(answer.toString());
        return;
      }
      answered.incrementAndGet();
      if (answer.get().fields().getOrDefault("connection", "").equals("close")) {
        return;
      }
    }
  }
}
