package io.ccrelay.cache;

import io.ccrelay.http.Fields;
import java.util.ArrayList;
import java.util.List;

/** A follower that writes down what it hears. Confined to one thread at a time. */
final class Hearing implements Flights.Follower {

  private final List<String> heard = new ArrayList<>();

  @Override
  public void head(int status, Fields fields) {
    heard.add("head " + status);
  }

  @Override
  public void chunk(Bytes chunk) {
    heard.add("chunk " + chunk.toUtf8());
  }

  @Override
  public void complete(Entry entry) {
    heard.add("complete " + entry.status());
  }

  @Override
  public void alone(String token) {
    heard.add("alone " + token);
  }

  @Override
  public void leaderless(String token) {
    heard.add("leaderless " + token);
  }

  List<String> heard() {
    return List.copyOf(heard);
  }

  static boolean isEnding(String event) {
    return !event.startsWith("head") && !event.startsWith("chunk");
  }
}
