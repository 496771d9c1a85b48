package io.ccrelay.semantic;

import io.ccrelay.cache.Key;
import java.util.Map;
import java.util.Optional;

/**
 * The form a question has among the attributes of the entry that answers it, so that whoever sees
 * the entry, another node of a cluster for instance, can find it by the question too.
 */
public final class StoredQuestion {

  private static final String TEXT = "question";
  private static final String PARTITION = "questionPartition";
  private static final String SCOPE = "scope";

  private StoredQuestion() {}

  /** The attributes that {@code question} adds to an entry; its scope is there already. */
  public static Map<String, String> attributes(Question question) {
    return Map.of(TEXT, question.text(), PARTITION, question.partition().hex());
  }

  /** The question that an entry with {@code attributes} answers. */
  public static Optional<Question> of(Map<String, String> attributes) {
    String text = attributes.get(TEXT);
    String partition = attributes.get(PARTITION);
    if (text == null || partition == null) {
      return Optional.empty();
    }
    try {
      String scope = attributes.getOrDefault(SCOPE, "");
      return Optional.of(new Question(Key.ofHex(partition), scope, text));
    } catch (IllegalArgumentException notHexadecimal) {
      return Optional.empty();
    }
  }
}
