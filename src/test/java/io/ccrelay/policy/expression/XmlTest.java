package io.ccrelay.policy.expression;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** {@code System.Xml.Linq}, with a body of XML to read. */
class XmlTest {

  @TestFactory
  Stream<DynamicTest> expressionsGiveWhatTheyGiveInCSharp() {
    return Table.of("xml", () -> new FakeContext().requestBody("<a><b>x</b></a>"));
  }
}
