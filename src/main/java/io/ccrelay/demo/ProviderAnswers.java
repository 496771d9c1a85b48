package io.ccrelay.demo;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** What a provider sends in answer to one question. */
interface ProviderAnswers {

  /** One JSON document. */
  JsonObject json();

  /** An event stream, one element for each write. */
  List<String> stream();

  /** The answers of {@code dialect}. */
  static ProviderAnswers of(Dialect dialect, Facts facts) {
    return switch (dialect) {
      case ANTHROPIC -> new AnthropicAnswers(facts);
      case OPENAI -> new OpenAiAnswers(facts);
    };
  }

  /**
   * What both forms hold.
   *
   * @param number of the call, from which ids are made
   * @param model asked for
   * @param question asked
   */
  record Facts(long number, String model, String question) {

    private static final int PIECES = 12;
    private static final int CHARACTERS_PER_TOKEN = 4;

    String text() {
      return Question.answerTo(question);
    }

    int inputTokens() {
      return (Dialect.INSTRUCTIONS.length() + question.length()) / CHARACTERS_PER_TOKEN;
    }

    int outputTokens() {
      return text().length() / CHARACTERS_PER_TOKEN;
    }

    /** The text in about a dozen pieces. */
    List<String> pieces() {
      String text = text();
      int size = Math.ceilDiv(text.length(), PIECES);
      var pieces = new ArrayList<String>();
      for (int from = 0; from < text.length(); from += size) {
        pieces.add(text.substring(from, Math.min(text.length(), from + size)));
      }
      return pieces;
    }
  }
}
