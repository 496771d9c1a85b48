package io.ccrelay.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** A certificate for Redis servers on 127.0.0.1, in files. */
public final class RedisTls {

  private final Path certificate;
  private final Path key;

  private RedisTls(Path certificate, Path key) {
    this.certificate = certificate;
    this.key = key;
  }

  private static final class Shared {
    static final RedisTls ONE = make();

    private static RedisTls make() {
      try {
        Path folder = Files.createTempDirectory("redis-tls");
        var pair = Certificates.make(folder, "redis");
        return new RedisTls(
            Files.writeString(folder.resolve("certificate.pem"), pair.certificate()),
            Files.writeString(folder.resolve("key.pem"), pair.key()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }

  /** One that is made once for all tests. */
  public static RedisTls shared() {
    return Shared.ONE;
  }

  /** The certificate, which is also the authority to trust. */
  public String authority() {
    return certificate.toString();
  }

  /** Settings that let one user in and nobody else. */
  public static String[] only(String user, String password) {
    return new String[] {
      "--user", "default", "off", "--user", user, "on", ">" + password, "~*", "+@all"
    };
  }

  /** The settings as lines of a file. */
  List<String> lines() {
    List<String> settings = settings();
    return IntStream.range(0, settings.size() / 2)
        .mapToObj(i -> settings.get(2 * i).substring(2) + " " + settings.get(2 * i + 1))
        .toList();
  }

  List<String> settings() {
    return List.of(
        "--tls-cert-file",
        certificate.toString(),
        "--tls-key-file",
        key.toString(),
        "--tls-ca-cert-file",
        certificate.toString(),
        "--tls-auth-clients",
        "no");
  }
}
