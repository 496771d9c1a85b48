package io.ccrelay.policy.expression;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class TextTest {

  @TestFactory
  Stream<DynamicTest> expressionsGiveWhatTheyGiveInCSharp() {
    return Table.of("texts");
  }
}
