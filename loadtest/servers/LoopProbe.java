import io.ccrelay.config.ConfigLoader;
import io.ccrelay.config.ConfigResult;
import io.ccrelay.launch.LogSetup;
import io.ccrelay.launch.LoggingOptions;
import io.ccrelay.launch.RelayServer;
import io.ccrelay.launch.StartOptions;
import io.ccrelay.launch.VertxFactory;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Measures the longest time that an event loop of a relay does nothing but one thing, while large
 * bodies pass. The relay runs in a process of its own with the options it has in service; on each of
 * its event loops a timer of 5 ms notes by how much it is late, which includes pauses of the Java
 * machine and waiting for a processor, and how much processor time the loop itself took since the
 * last one. Started as {@code java -cp target/cc-relay.jar loadtest/servers/LoopProbe.java}; {@code
 * JAVA_OPTS} of the environment are the relay's.
 */
final class LoopProbe {

  private static final int SIZE = 20_000_000;
  private static final int ROUNDS = 5;
  private static final long TICK_MILLIS = 5;
  private static final String CONFIG =
      """
      server: {listen: "127.0.0.1:%s"}
      management: {listen: ""}
      cache: {ristretto: {max_cost: 200000000}, responses: {streaming: true, max_entry_bytes: 32MiB}}
      providers:
        - {name: a, type: anthropic, enabled: true, base_url: "http://127.0.0.1:%s"}
      """;

  private static final AtomicLong latest = new AtomicLong();
  private static final AtomicLong busiest = new AtomicLong();

  private final int port;
  private final BufferedReader figures;
  private final OutputStream questions;

  private LoopProbe(int port, Process relay) {
    this.port = port;
    this.figures = relay.inputReader();
    this.questions = relay.getOutputStream();
  }

  public static void main(String[] args) throws Exception {
    LogSetup.apply(new LoggingOptions("warn", "console", "stderr", false));
    if (args.length == 2) {
      relay(args[0], args[1]);
      return;
    }
    int port = freePort();
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    Process relay = start(port, upstream(vertx));
    try {
      var probe = new LoopProbe(port, relay);
      probe.figures.readLine();
      probe.run();
    } finally {
      relay.destroy();
    }
    System.exit(0);
  }

  private static Process start(int port, int upstream) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@conf/jvm.options");
    String more = System.getenv().getOrDefault("JAVA_OPTS", "");
    command.addAll(Arrays.stream(more.split(" ")).filter(option -> !option.isEmpty()).toList());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("loadtest/servers/LoopProbe.java");
    command.addAll(List.of(Integer.toString(port), Integer.toString(upstream)));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** The relay with its probes: for each line on standard input one with the figures since. */
  private static void relay(String port, String upstream) throws Exception {
    Vertx vertx = VertxFactory.create();
    var loaded =
        (ConfigResult.Loaded)
            ConfigLoader.parse("probe.yaml", CONFIG.formatted(port, upstream), name -> null);
    RelayServer.start(vertx, loaded.config(), StartOptions.DEFAULTS).await();
    var all = new DeploymentOptions().setInstances(VertxFactory.eventLoops());
    vertx.deployVerticle(Lateness::new, all).await();
    System.out.println("ready");
    long collected = collections();
    while (System.in.read() >= 0) {
      long before = collected;
      collected = collections();
      System.out.println(
          latest.getAndSet(0) + " " + busiest.getAndSet(0) + " " + (collected - before));
    }
    System.exit(0);
  }

  private static long collections() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionTime)
        .sum();
  }

  /** Notes by how much a timer of its event loop is late. */
  private static final class Lateness extends AbstractVerticle {
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private long last = System.nanoTime();
    private long lastUsed;

    @Override
    public void start() {
      vertx.setPeriodic(TICK_MILLIS, _ -> tick());
    }

    private void tick() {
      long now = System.nanoTime();
      latest.accumulateAndGet(now - last - TICK_MILLIS * 1_000_000, Math::max);
      last = now;
      long used = threads.getCurrentThreadCpuTime();
      busiest.accumulateAndGet(used - lastUsed, Math::max);
      lastUsed = used;
    }
  }

  private void run() throws Exception {
    System.out.printf(
        "%d rounds, ms                        timer late by    own work in one go  collections%n",
        ROUNDS);
    System.out.printf("%-34s  median   most        median    most   (sum, median)%n", "");
    for (int i = 0; i < 200; i++) {
      ask("warm " + i % 20, 10, 2000, i % 2 == 0);
    }
    step("nothing", round -> Thread.sleep(1000));
    step("request of 20 MB, miss", round -> ask("a" + round, SIZE, 2000, false));
    step("request of 20 MB, hit", round -> ask("a" + round, SIZE, 2000, false));
    step("answer of 20 MB, miss", round -> ask("b" + round, 10, SIZE, false));
    step("answer of 20 MB, hit", round -> ask("b" + round, 10, SIZE, false));
    step("answer of 20 MB, hit as a stream", round -> ask("b" + round, 10, SIZE, true));
    step("stream of 20 MB, miss", round -> ask("c" + round, 10, SIZE, true));
    step("stream of 20 MB, hit", round -> ask("c" + round, 10, SIZE, true));
    step("stream of 20 MB, hit as JSON", round -> ask("c" + round, 10, SIZE, false));
  }

  private interface Round {
    void go(int number) throws Exception;
  }

  private void step(String name, Round round) throws Exception {
    var late = new double[ROUNDS];
    var busy = new double[ROUNDS];
    var collecting = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      figures();
      round.go(i);
      Thread.sleep(50);
      String[] told = figures();
      late[i] = Long.parseLong(told[0]) / 1e6;
      busy[i] = Long.parseLong(told[1]) / 1e6;
      collecting[i] = Long.parseLong(told[2]);
    }
    Arrays.sort(late);
    Arrays.sort(busy);
    Arrays.sort(collecting);
    int middle = ROUNDS / 2;
    int most = ROUNDS - 1;
    System.out.printf(
        "%-34s %7.1f %7.1f %12.1f %7.1f %9.0f%n",
        name, late[middle], late[most], busy[middle], busy[most], collecting[middle]);
  }

  private String[] figures() throws IOException {
    questions.write('\n');
    questions.flush();
    return figures.readLine().split(" ");
  }

  /** One request over a connection of its own; prints what is not a plain success. */
  private void ask(String prompt, int size, int answerSize, boolean stream) throws IOException {
    byte[] body = request(prompt, size, stream);
    String head =
        "POST /v1/messages HTTP/1.1\r\nHost: r\r\nConnection: close\r\nx-api-key: k\r\n"
            + "x-load-bytes: " + answerSize + "\r\nx-load-prompt: " + prompt
            + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length + "\r\n\r\n";
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(body);
      InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 20);
      String first = new String(in.readNBytes(12), StandardCharsets.US_ASCII);
      long rest = in.skip(Long.MAX_VALUE);
      for (long more = rest; more > 0; rest += more) {
        more = in.skip(Long.MAX_VALUE);
      }
      if (!first.endsWith("200") || rest < answerSize / 3) {
        System.out.println("unexpected: " + first + ", " + rest + " bytes");
      }
    }
  }

  /** A conversation of so many bytes, in messages of 10 KB with some escapes. */
  private static byte[] request(String prompt, int size, boolean stream) {
    var text = new StringBuilder(size + 1000);
    text.append("{\"model\":\"m\",\"max_tokens\":9,\"temperature\":0,\"stream\":").append(stream);
    text.append(",\"messages\":[{\"role\":\"user\",\"content\":\"").append(prompt).append("\"}");
    String turn = "Some \\\"words\\\" that were said before.\\n".repeat(256);
    for (int i = 0; text.length() < size; i++) {
      text.append(",{\"role\":\"").append(i % 2 == 0 ? "assistant" : "user");
      text.append("\",\"content\":\"").append(turn).append("\"}");
    }
    return text.append("]}").toString().getBytes(StandardCharsets.UTF_8);
  }

  private static int upstream(Vertx vertx) {
    return vertx
        .createHttpServer()
        .requestHandler(LoopProbe::answer)
        .listen(SocketAddress.inetSocketAddress(0, "127.0.0.1"))
        .await()
        .actualPort();
  }

  private static void answer(HttpServerRequest request) {
    request.body().onSuccess(body -> {
      int size = Integer.parseInt(request.getHeader("x-load-bytes"));
      boolean stream = body.getString(0, 100).contains("\"stream\":true");
      String usage = "\"usage\":{\"input_tokens\":9,\"output_tokens\":9}";
      var text = new StringBuilder(size + 1000);
      String words = "Some \\\"words\\\" of the answer.\\n";
      if (!stream) {
        text.append("{\"id\":\"m\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"m\",");
        text.append("\"content\":[{\"type\":\"text\",\"text\":\"");
        text.repeat(words, size / words.length() + 1).append("\"}],\"stop_reason\":\"end_turn\",");
        text.append("\"stop_sequence\":null,").append(usage).append('}');
        request.response().putHeader("content-type", "application/json");
      } else {
        event(text, "message_start", "\"message\":{\"id\":\"m\",\"type\":\"message\",\"role\":"
            + "\"assistant\",\"model\":\"m\",\"content\":[],\"stop_reason\":null,"
            + "\"stop_sequence\":null," + usage + "}");
        event(text, "content_block_start",
            "\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}");
        while (text.length() < size) {
          event(text, "content_block_delta", "\"index\":0,\"delta\":{\"type\":\"text_delta\","
              + "\"text\":\"" + words.repeat(4) + "\"}");
        }
        event(text, "content_block_stop", "\"index\":0");
        event(text, "message_delta", "\"delta\":{\"stop_reason\":\"end_turn\","
            + "\"stop_sequence\":null},\"usage\":{\"output_tokens\":9}");
        event(text, "message_stop", "\"x\":0");
        request.response().putHeader("content-type", "text/event-stream");
      }
      request.response().end(Buffer.buffer(text.toString()));
    });
  }

  private static void event(StringBuilder text, String name, String members) {
    text.append("event: ").append(name).append("\ndata: {\"type\":\"").append(name);
    text.append("\",").append(members).append("}\n\n");
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
