import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Servers of the load tests, started as {@code java -cp target/cc-relay.jar Servers.java KIND PORT}.
 *
 * <ul>
 *   <li>{@code bare}: reads the whole body and answers a constant of 2 KB: the baseline of hits;
 *   <li>{@code upstream}: a provider that answers at once, JSON of 2 KB or a stream of 20 events;
 *       {@code x-load-delay-ms} delays the first byte and each event, {@code x-load-bytes} sets the
 *       size. A GET is answered the same, fresh for an hour, with {@code x-load-vary} as its {@code
 *       Vary}.
 * </ul>
 */
final class Servers {

  private static final int DEFAULT_SIZE = 2048;

  private Servers() {}

  public static void main(String[] args) {
    var vertx =
        Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setPreferNativeTransport(true));
    HttpServer server = vertx.createHttpServer();
    Buffer constant = json(DEFAULT_SIZE);
    server.requestHandler(
        args[0].equals("bare")
            ? request -> read(request, body -> sendJson(request.response(), constant))
            : request -> read(request, body -> answer(vertx, request, body)));
    server
        .listen(SocketAddress.inetSocketAddress(Integer.parseInt(args[1]), "127.0.0.1"))
        .onFailure(Servers::giveUp)
        .onSuccess(listening -> System.out.println("ready " + listening.actualPort()));
  }

  private static void read(HttpServerRequest request, Consumer<Buffer> whole) {
    var parts = new ArrayList<Buffer>(1);
    request.handler(parts::add);
    request.endHandler(ended -> whole.accept(parts.size() == 1 ? parts.getFirst() : join(parts)));
  }

  private static Buffer join(List<Buffer> parts) {
    Buffer whole = Buffer.buffer(parts.stream().mapToInt(Buffer::length).sum());
    parts.forEach(whole::appendBuffer);
    return whole;
  }

  private static void answer(Vertx vertx, HttpServerRequest request, Buffer body) {
    long delay = number(request, "x-load-delay-ms", 0);
    int size = (int) number(request, "x-load-bytes", DEFAULT_SIZE);
    boolean stream = body.length() < 65536 && body.toString().contains("\"stream\":true");
    Runnable send =
        stream
            ? () -> sendStream(vertx, request.response(), delay)
            : () -> sendJson(cacheable(request), json(size));
    if (delay > 0) {
      vertx.setTimer(delay, fired -> send.run());
    } else {
      send.run();
    }
  }

  private static HttpServerResponse cacheable(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    String vary = request.getHeader("x-load-vary");
    if (request.method() == HttpMethod.GET) {
      response.putHeader("cache-control", "max-age=3600").putHeader("etag", "\"load\"");
    }
    return vary == null ? response : response.putHeader("vary", vary);
  }

  private static void sendJson(HttpServerResponse response, Buffer body) {
    response.putHeader("content-type", "application/json").end(body);
  }

  private static void sendStream(Vertx vertx, HttpServerResponse response, long delay) {
    response.putHeader("content-type", "text/event-stream").setChunked(true);
    sendEvent(vertx, response, 0, Math.max(1, delay));
  }

  private static void sendEvent(
      Vertx vertx, HttpServerResponse response, int number, long delay) {
    if (response.closed()) {
      return;
    }
    if (number == 23) {
      response.end();
      return;
    }
    response.write(Buffer.buffer(event(number)));
    vertx.setTimer(delay, fired -> sendEvent(vertx, response, number + 1, delay));
  }

  private static String event(int number) {
    return switch (number) {
      case 0 ->
          frame(
              "message_start",
              "{\"type\":\"message_start\",\"message\":{\"id\":\"msg_load\",\"type\":\"message\","
                  + "\"role\":\"assistant\",\"model\":\"load\",\"content\":[],\"stop_reason\":null,"
                  + "\"stop_sequence\":null,\"usage\":{\"input_tokens\":9,\"output_tokens\":1}}}");
      case 1 ->
          frame(
              "content_block_start",
              "{\"type\":\"content_block_start\",\"index\":0,"
                  + "\"content_block\":{\"type\":\"text\",\"text\":\"\"}}");
      case 20 -> frame("content_block_stop", "{\"type\":\"content_block_stop\",\"index\":0}");
      case 21 ->
          frame(
              "message_delta",
              "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\","
                  + "\"stop_sequence\":null},\"usage\":{\"output_tokens\":18}}");
      case 22 -> frame("message_stop", "{\"type\":\"message_stop\"}");
      default ->
          frame(
              "content_block_delta",
              "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\","
                  + "\"text\":\"sent "
                  + System.nanoTime()
                  + " \"}}");
    };
  }

  private static String frame(String name, String data) {
    return "event: " + name + "\ndata: " + data + "\n\n";
  }

  private static Buffer json(int size) {
    String head =
        "{\"id\":\"msg_load\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"load\","
            + "\"content\":[{\"type\":\"text\",\"text\":\"";
    String tail =
        "\"}],\"stop_reason\":\"end_turn\",\"stop_sequence\":null,"
            + "\"usage\":{\"input_tokens\":9,\"output_tokens\":18}}";
    return Buffer.buffer(
        head + "x".repeat(Math.max(1, size - head.length() - tail.length())) + tail);
  }

  private static long number(HttpServerRequest request, String field, long otherwise) {
    String value = request.getHeader(field);
    return value == null ? otherwise : Long.parseLong(value);
  }

  private static void giveUp(Throwable failure) {
    System.err.println(failure);
    System.exit(1);
  }
}
