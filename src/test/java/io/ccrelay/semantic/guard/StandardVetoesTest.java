package io.ccrelay.semantic.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.semantic.Veto;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A question is answered for another only if nothing in it speaks against that")
class StandardVetoesTest {

  private final StandardVetoes vetoes = new StandardVetoes();

  private void refused(Veto veto, String one, String other) {
    assertTrue(vetoes.between(one, other).contains(veto), () -> one + " | " + other);
    assertEquals(vetoes.between(one, other), vetoes.between(other, one), "symmetric");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          What is the melting point of tin?     | What is the melting point of lead?
          How do I peel garlic?                 | How do I mince garlic?
          Where was Napoleon born?              | When was Napoleon born?
          Who discovered penicillin?            | When was penicillin discovered?
          Should I take vitamin D?              | Can I take vitamin D?
          Tell me a story about a fox           | Tell me a story about a bear
          What do cats like?                    | What do cats want?
          Does my cat know me?                  | Does my cat like me?
          How do I get a cat?                   | How do I wash a cat?
          """)
  void anotherValueInTheSameTemplate(String one, String other) {
    refused(Veto.SLOT, one, other);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          How do I bake bread?                  | How do I bake gluten-free bread?
          What are the risks of statins?        | What are the risks of statins in pregnancy?
          How do I use a VPN?                   | What is a VPN?
          How do magnets work?                  | How do you make magnets?
          What is the cheapest phone?           | What is the cheapest phone plan?
          What is the tallest tower in Lyon?    | What are the tallest towers in Lyon?
          Suggest a name for a cat              | Suggest names for a cat
          Tell me a joke                        | What is a joke?
          What are the types of rock?           | What is rock?
          """)
  void aConditionMore(String one, String other) {
    refused(Veto.SCOPE, one, other);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Explain chapter 3                     | Explain chapter 13
          What changed in Java 17?              | What changed in Java 21?
          What is 2 divided by 8?               | What is 8 divided by 2?
          Name three rivers in Peru             | Name 4 rivers in Peru
          What is the third planet?             | What is the fourth planet?
          Give me 2 million rows                | Give me 2 thousand rows
          """)
  void otherNumbers(String one, String other) {
    refused(Veto.NUMBER, one, other);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          How far is 5 km?                      | How far is 5 miles?
          How tall is he in meters?             | How tall is he in feet?
          Transfer 20 GB                        | Transfer 20 Gb
          What can I buy for $30?               | What can I buy for €30?
          """)
  void otherUnits(String one, String other) {
    refused(Veto.UNIT, one, other);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Which birds can fly?                  | Which birds can't fly?
          A curry with onions                   | A curry without onions
          How do I mute a call?                 | How do I unmute a call?
          Is the change reversible?             | Is the change irreversible?
          Users who are not admins              | Admins who are not users
          Will it ever rain?                    | Will it never rain?
          """)
  void negation(String one, String other) {
    refused(Veto.NEGATION, one, other);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      textBlock =
          """
          Translate "I am late" into Welsh      | Translate "I am ill" into Welsh
          What does `ls -l` print?              | What does `ls -a` print?
          Is this spam: “You won”               | Is this spam: “You lost”
          Why is it called 'big data'?          | Why is it called 'dark data'?
          """)
  void otherQuotes(String one, String other) {
    refused(Veto.QUOTE, one, other);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          What does max_size do?                | What does min_size do?
          Open /etc/hosts                       | Open /etc/passwd
          Why does parse() fail?                | Why does print() fail?
          Solve 3x + 2 = 8                      | Solve 4x + 2 = 8
          What does java.util.List do?          | What does java.awt.List do?
          What is 12 / 5?                       | What is 12 * 5?
          Rename old_name to new_name           | Rename new_name to old_name
          """)
  void otherIdentifiers(String one, String other) {
    refused(Veto.IDENTIFIER, one, other);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          What is Moscow?                       | What is Москва?
          機械学習とは                          | 机器学习是什么
          """)
  void otherScripts(String one, String other) {
    refused(Veto.SCRIPT, one, other);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Explain gravity                       | Explain gravity in Dutch
          Answer in Thai: what is a pod?        | Answer in Hindi: what is a pod?
          Wie koche ich Reis?                   | Wie koche ich Nudeln?
          Qu'est-ce que le vent ?               | Qu'est-ce que la pluie ?
          哪些食物含有麸质?                     | 哪些食物不含麸质?
          東京から大阪への行き方                | 大阪から東京への行き方
          """)
  void otherLanguagesAndThoseNotKnown(String one, String other) {
    refused(Veto.LANGUAGE, one, other);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Flights from Oslo                     | Flights to Oslo
          What was sold to Oracle?              | What was bought from Oracle?
          Trains from Rome to Bern              | Trains from Bern to Rome
          Is tea healthier than coffee?         | Is coffee healthier than tea?
          Why do dogs chase cats?               | Why do cats chase dogs?
          What eats frogs?                      | What do frogs eat?
          Who beat Spain in the final?          | Who did Spain beat in the final?
          Are all squares rectangles?           | Are all rectangles squares?
          Replace tabs with spaces              | Replace spaces with tabs
          Can dogs give humans the flu?         | Can humans give dogs the flu?
          What did Plato say of Socrates?       | What did Socrates say of Plato?
          2 adults and 3 children               | 2 children and 3 adults
          Replace a with b in the text          | Replace b with a in the text
          The first page of the last book       | The last page of the first book
          Only members may smoke                | Members may only smoke
          My aunt's car hit a bus               | A bus hit my aunt's car
          Who was trained by Freud?             | Who trained Freud?
          """)
  void exchangedRoles(String one, String other) {
    refused(Veto.DIRECTION, one, other);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Recommend books by Darwin             | Recommend books about Darwin
          Users that are old and idle           | Users that are old or idle
          What is in a margarita?               | What is a margarita?
          Where is Anna from?                   | Where is Anna?
          Who is the mother of Alice?           | Who is Alice the mother of?
          Can I sue my employer?                | Can my employer sue me?
          Did he call her?                      | Did she call him?
          How do I apply for a visa?            | How do I apply a visa?
          Can I travel in 5 days?               | Can I travel for 5 days?
          What can I declare?                   | What must I declare?
          Did any of them pass?                 | Did some of them pass?
          Can I leave if I am ill?              | Can I leave because I am ill?
          What did he also sell?                | What did he sell?
          What is the cloud?                    | What is a cloud?
          What is matter?                       | What is the matter?
          Why do so few birds swim?             | Why do a few birds swim?
          What is my account number?            | What is an account number?
          How do I care for a plant?            | How do I care about a plant?
          Can I live on 900 euros?              | Can I live with 900 euros?
          The right to vote                     | The right vote
          Tell me where to stay                 | Tell me where he stays
          """)
  void otherTies(String one, String other) {
    refused(Veto.BINDING, one, other);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Why are boring teachers hated?        | Why are bored teachers hated?
          Where do I pay customs?               | Where do I pay a custom?
          How do I clear customs?               | How do I clear a custom?
          Is the bank closed?                   | Is the bank close?
          How do I stop to think?               | How do I stop thinking?
          """)
  void otherInflections(String one, String other) {
    refused(Veto.INFLECTION, one, other);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Turn the heating on                   | Turn the heating off
          How do I upload a file?               | How do I download a file?
          What raises cholesterol?              | What lowers cholesterol?
          The oldest tree                       | The newest tree
          Eat before surgery                    | Eat after surgery
          """)
  void opposites(String one, String other) {
    refused(Veto.ANTONYM, one, other);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Who is the king of Spain?             | Who was the king of Spain?
          What is on today?                     | What is on tomorrow?
          Plan my Monday                        | Plan my Tuesday
          What happened in March?               | What happened in May?
          When is the next eclipse?             | When is the last eclipse?
          Who won the cup?                      | Who wins the cup?
          Which banks needed cash?              | Which banks need cash?
          Has she paid?                         | Does she pay?
          Will it rain?                         | Would it rain?
          """)
  void otherTimes(String one, String other) {
    refused(Veto.TIME, one, other);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Planets as JSON                       | Planets as YAML
          Describe a cat as a list              | Describe a cat as a table
          Explain tides briefly                 | Explain tides in detail
          Write it in a formal tone             | Write it in a casual tone
          """)
  void otherForms(String one, String other) {
    refused(Veto.FORMAT, one, other);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          What is the currency of Chad?         | What is the currency of Mali?
          Tell me about Paris                   | Tell me about Paris Hilton
          What is your name?                    | What is my name?
          Explain the NATO treaty               | Explain the WHO treaty
          How do I polish a spoon?              | How do I Polish a spoon?
          Where can I see turkey?               | Where can I see Turkey?
          """)
  void otherNames(String one, String other) {
    refused(Veto.ENTITY, one, other);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Could you tell me the population of Peru? | What's the population of Peru?
          How do I resize images in bulk?       | how to resize an image in bulk
          When did the Titanic sink?            | In which year did the Titanic sink?
          What is the price of a Model 3?       | How much does a Model 3 cost?
          What causes tides?                    | Why do tides happen?
          How tall is Mount Fuji?               | What is the height of Mount Fuji?
          Please explain how vaccines work      | How do vaccines work?
          Merge two PDF files                   | merge 2 pdf files
          How do TCP and UDP differ?            | What's the difference between TCP and UDP?
          What does WHO do?                     | What does the World Health Organization do?
          What can I do in 120 minutes?         | What can I do in two hours?
          Centre a div with CSS                 | How can I center a div in CSS?
          Which mountain is the tallest?        | What is the tallest mountain?
          best way to store flour               | What is the best way to store flour?
          How do I get from Bonn to Cologne?    | What is the way from Bonn to Cologne?
          WHY IS THE SEA SALTY                  | Why is the sea salty?
          Wie koche ich Reis?                   | wie koche ich reis
          What is a volcano?                    | What are volcanoes?
          Is it OK to wash wool?                | Can I wash wool?
          Give me a haiku about rain            | Write a haiku about rain
          Calculate the area of a unit square   | What is the area of a unit square?
          How far is Rome from Oslo?            | What is the distance from Oslo to Rome?
          At what age do cats retire?           | What age do cats retire at?
          How often do frogs eat?               | How frequently do frogs eat?
          """)
  void theSameInOtherWords(String one, String other) {
    assertEquals(Set.of(), vetoes.between(one, other));
    assertEquals(Set.of(), vetoes.between(other, one));
  }

  /** Ordinary ways to ask the same. */
  @ParameterizedTest
  @CsvFileSource(resources = "/semantic/same-questions.txt", delimiter = '|', quoteCharacter = '^')
  void sameQuestions(String one, String other) {
    assertEquals(Set.of(), vetoes.between(one, other));
    assertEquals(Set.of(), vetoes.between(other, one));
  }

  /** Pairs that differ in one small thing, in every respect that came to mind. */
  @ParameterizedTest
  @CsvFileSource(resources = "/semantic/near-misses.txt", delimiter = '|', quoteCharacter = '^')
  void nearMisses(String one, String other) {
    assertNotEquals(Set.of(), vetoes.between(one, other));
    assertEquals(vetoes.between(one, other), vetoes.between(other, one), "symmetric");
  }

  @Test
  void enormousAndEmptyPromptsAreRefused() {
    String enormous = "word ".repeat(100_000);
    assertEquals(Set.of(Veto.UNREADABLE), vetoes.between(enormous, enormous + "x"));
    assertEquals(Set.of(Veto.UNREADABLE), vetoes.between("", ""));
    assertEquals(Set.of(Veto.UNREADABLE), vetoes.between("?!", "?!"));
  }

  @ParameterizedTest
  @CsvSource({"'x ', 'y '", "'ok so, ', 'well, '", "'how many ', 'what is 5 '", "'a b ', 'b a '"})
  void longTextsAreComparedWordForWordInTimeThatGrowsWithTheirLength(String one, String other) {
    String first = one.repeat(StandardVetoes.LONGEST / one.length());
    String second = other.repeat(StandardVetoes.LONGEST / other.length());
    assertEquals(Set.of(Veto.UNREADABLE), vetoes.between(first, second));
    assertEquals(Set.of(), vetoes.between(first, first));
  }

  @Property(tries = 300)
  void anyTextIsReadAndAgreesWithItself(@ForAll @StringLength(max = 200) String text) {
    assertTrue(Set.of(Set.of(), Set.of(Veto.UNREADABLE)).contains(vetoes.between(text, text)));
  }

  @Property(tries = 300)
  void theOrderOfTheTwoDoesNotMatter(
      @ForAll @StringLength(max = 60) String one, @ForAll @StringLength(max = 60) String other) {
    assertEquals(vetoes.between(one, other), vetoes.between(other, one));
  }
}
