package io.ccrelay.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A redis-server of its own on 127.0.0.1, with a folder of its own. Can be stopped, held and
 * started again on the same port.
 */
public final class RedisProcess implements AutoCloseable {

  private final int port;
  private final int clear;
  private final Path folder;
  private final List<String> command;
  private Process process;

  private RedisProcess(int port, int clear, Path folder, List<String> command) {
    this.port = port;
    this.clear = clear;
    this.folder = folder;
    this.command = command;
    this.process = start();
  }

  /** A server that answers; {@code settings} are further options of its command line. */
  public static RedisProcess open(String... settings) {
    return open(RedisBinary.PLAIN, settings);
  }

  /** The same by a program that offers more. */
  public static RedisProcess open(RedisBinary binary, String... settings) {
    int port = freePort();
    return started(binary, port, port, List.of("--port", String.valueOf(port)), settings);
  }

  /** A server that speaks TLS only, with the certificate of {@code tls}. */
  public static RedisProcess openTls(RedisTls tls, String... settings) {
    int port = freePort();
    var listen = new ArrayList<>(List.of("--port", "0", "--tls-port", String.valueOf(port)));
    listen.addAll(tls.settings());
    return started(RedisBinary.TLS, port, port, listen, settings);
  }

  /** A server whose port speaks TLS; these tests talk to it in clear at another. */
  static RedisProcess openBoth(RedisTls tls, String... settings) {
    int port = freePort();
    int clear = freePort();
    var listen =
        new ArrayList<>(
            List.of("--port", String.valueOf(clear), "--tls-port", String.valueOf(port)));
    listen.addAll(tls.settings());
    return started(RedisBinary.TLS, port, clear, listen, settings);
  }

  /**
   * A sentinel that watches {@code master} under the name {@code main}; {@code lines} are further
   * ones of its file.
   */
  public static RedisProcess openSentinel(RedisProcess master, int quorum, String... lines) {
    int port = freePort();
    return sentinel(RedisBinary.PLAIN, master, quorum, port, port, lines);
  }

  /** A sentinel whose port speaks TLS, also to servers; in clear at another. */
  static RedisProcess openSentinelBoth(
      RedisTls tls, RedisProcess master, int quorum, String... lines) {
    int port = freePort();
    var all = new ArrayList<>(tls.lines());
    all.add("tls-port " + port);
    all.add("tls-replication yes");
    all.addAll(List.of(lines));
    return sentinel(RedisBinary.TLS, master, quorum, port, freePort(), all.toArray(String[]::new));
  }

  private static RedisProcess sentinel(
      RedisBinary binary, RedisProcess master, int quorum, int port, int clear, String... lines) {
    try {
      Path folder = Files.createTempDirectory("redis");
      Path file = folder.resolve("sentinel.conf");
      var settings =
          new ArrayList<>(
              List.of(
                  "port " + clear,
                  "bind 127.0.0.1",
                  "dir " + folder,
                  "sentinel monitor main 127.0.0.1 " + master.port() + " " + quorum,
                  "sentinel down-after-milliseconds main 500",
                  "sentinel failover-timeout main 3000"));
      settings.addAll(List.of(lines));
      Files.write(file, settings);
      String program = binary.orSkip();
      return new RedisProcess(port, clear, folder, List.of(program, file.toString(), "--sentinel"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RedisProcess started(
      RedisBinary binary, int port, int clear, List<String> listen, String... settings) {
    try {
      Path folder = Files.createTempDirectory("redis");
      var command = new ArrayList<>(List.of(binary.orSkip()));
      command.addAll(listen);
      command.addAll(List.of("--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir"));
      command.add(folder.toString());
      command.addAll(List.of(settings));
      return new RedisProcess(port, clear, folder, command);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code host:port}. */
  public String endpoint() {
    return "127.0.0.1:" + port;
  }

  /** The port it listens on. */
  public int port() {
    return port;
  }

  /** What it answers to a command: the values of a list in lines. */
  public String say(String... words) {
    try {
      return RedisTalk.say(clear, words);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it at once. */
  public void kill() {
    process.destroyForcibly();
    await();
  }

  /** Starts it anew, empty, where it was. */
  public void restart() {
    kill();
    process = start();
  }

  /** Makes it deaf without closing its connections. */
  public void pause() {
    signal("-STOP");
  }

  /** Lets it go on. */
  public void resume() {
    signal("-CONT");
  }

  private void signal(String signal) {
    try {
      new ProcessBuilder("kill", signal, String.valueOf(process.pid()))
          .redirectErrorStream(true)
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private Process start() {
    try {
      Process started =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("log").toFile())
              .start();
      Waiting.until(() -> listens() || !started.isAlive(), "redis-server on port " + port);
      if (!started.isAlive()) {
        throw new IOException(command + ": " + Files.readString(folder.resolve("log")));
      }
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean listens() {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port), 200);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  private void await() {
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Free together with the port 10 000 above it, which the nodes of a cluster need. */
  private static int freePort() {
    while (true) {
      try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        int port = socket.getLocalPort();
        if (port < 55_000 && free(port + 10_000)) {
          return port;
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static boolean free(int port) {
    try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }

  @Override
  public void close() {
    resume();
    kill();
    File[] left = folder.toFile().listFiles();
    for (File file : left == null ? new File[0] : left) {
      file.delete();
    }
    folder.toFile().delete();
  }
}
