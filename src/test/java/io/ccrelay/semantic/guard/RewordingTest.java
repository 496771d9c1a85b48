package io.ccrelay.semantic.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.ccrelay.semantic.Vetoes;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RewordingTest {

  private static final double NEAR = 0.86;

  private final Vetoes vetoes = new StandardVetoes(Optional.of(NEAR));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "How do I stop my glasses from fogging up? | What can be done about spectacles that fog up?",
        "What should I put on for a wedding in summer? | Which clothes suit a summer wedding?",
        "Recipe ideas for stale bread, please | What are some dishes I could cook if my bread"
            + " is stale?",
      })
  void otherWordsAreForgivenWhereTheEmbeddingAgrees(String one, String other) {
    assertEquals(Set.of(), vetoes.between(one, other, NEAR));
    assertEquals(Set.of(), vetoes.between(other, one, NEAR));
    assertNotEquals(Set.of(), vetoes.between(one, other, NEAR - 0.01), "not as alike");
    assertNotEquals(Set.of(), vetoes.between(one, other), "by their words alone");
    assertNotEquals(
        Set.of(), new StandardVetoes().between(one, other, 1), "an embedder that was not measured");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "one frame, another value | What is a good wine for fish? | What is a good wine for cheese?",
        "one frame, one word more | How do I paint a wall? | How do I paint a brick wall?",
        "same words, another order | Does he owe me money? | Do I owe him money?",
        "an opposite | Which button shows the side bar? | How can I get the side bar to hide?",
        "an opposite by its first letters | When is it necessary to see a dentist about a tooth?"
            + " | In which cases of tooth pain is seeing a dentist unnecessary?",
        "a superlative | Which is the safest city in Peru for tourists?"
            + " | What places in Peru are the most dangerous for a tourist?",
        "a limit | Solve the puzzle, answer only please. | Please solve the puzzle and show me every step.",
        "what is wanted and what is not | How do I make a memory leak happen for a demo?"
            + " | How do I avoid a memory leak?",
        "a name | Who was the first king of Norway? | Which man did Denmark have as its first king?",
        "a number | How do I cook rice for 4 people? | What's the best way of cooking rice for 6?",
        "a direction | How do I turn a video into audio?"
            + " | What is the easiest way of making a video from audio?",
      })
  void whatIsSaidIsNeverForgiven(String why, String one, String other) {
    assertNotEquals(Set.of(), vetoes.between(one, other, 1), why);
    assertNotEquals(Set.of(), vetoes.between(other, one, 1), why);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, 0, 0.5, Double.NaN})
  void aSimilarityThatIsNoneForgivesNothing(double similarity) {
    assertNotEquals(
        Set.of(),
        vetoes.between(
            "What should I put on for a wedding in summer?",
            "Which clothes suit a summer wedding?",
            similarity));
  }
}
