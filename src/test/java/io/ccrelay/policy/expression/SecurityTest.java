package io.ccrelay.policy.expression;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Certificates, RSA and ciphers; the expected bytes are those of OpenSSL. */
class SecurityTest {

  @TestFactory
  Stream<DynamicTest> certificatesKeysAndCiphersWorkAsWritten() {
    return Table.of("security");
  }
}
