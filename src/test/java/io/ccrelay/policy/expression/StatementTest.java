package io.ccrelay.policy.expression;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class StatementTest {

  @TestFactory
  Stream<DynamicTest> expressionsGiveWhatTheyGiveInCSharp() {
    return Table.of("statements");
  }
}
