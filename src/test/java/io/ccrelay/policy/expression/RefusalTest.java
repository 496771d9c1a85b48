package io.ccrelay.policy.expression;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class RefusalTest {

  @TestFactory
  Stream<DynamicTest> whatIsNotAllowedIsRefusedWithItsReason() {
    return Table.of("refusals");
  }
}
