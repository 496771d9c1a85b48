package io.ccrelay.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A certificate authority of a test, made by the JDK's keytool, that signs certificates. */
public final class Authority {

  private static final String PASSWORD = "changeit";

  private final Path folder;
  private final String name;

  private Authority(Path folder, String name) {
    this.folder = folder;
    this.name = name;
  }

  /**
   * PEM files of one who holds a certificate.
   *
   * @param certificate signed by the authority
   * @param key PKCS #8
   * @param authority the authority's own certificate
   */
  public record Holder(Path certificate, Path key, Path authority) {}

  /** A new authority whose files are in {@code folder}. */
  public static Authority make(Path folder, String name) throws Exception {
    var authority = new Authority(folder, name);
    authority.pair(name, "bc:c");
    authority.write(name + ".crt", authority.export(name));
    return authority;
  }

  /** A new certificate for {@code subject} and its key. */
  public Holder issue(String subject) throws Exception {
    pair(subject, "san=ip:127.0.0.1");
    Path request = folder.resolve(subject + ".csr");
    Path signed = folder.resolve(subject + ".crt");
    keytool(store(subject), "-certreq", "-alias", "a", "-file", request.toString());
    keytool(
        store(name),
        "-gencert",
        "-alias",
        "a",
        "-rfc",
        "-infile",
        request.toString(),
        "-outfile",
        signed.toString());
    String key =
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(key(subject))
            + "\n-----END PRIVATE KEY-----\n";
    return new Holder(signed, write(subject + ".key", key), folder.resolve(name + ".crt"));
  }

  private void pair(String subject, String extension) throws Exception {
    keytool(
        store(subject),
        "-genkeypair",
        "-alias",
        "a",
        "-keyalg",
        "EC",
        "-groupname",
        "secp256r1",
        "-dname",
        "CN=" + subject,
        "-ext",
        extension);
  }

  private String export(String subject) throws Exception {
    Path file = folder.resolve(subject + ".pem");
    keytool(store(subject), "-exportcert", "-rfc", "-alias", "a", "-file", file.toString());
    return Files.readString(file);
  }

  private byte[] key(String subject) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store(subject))) {
      store.load(in, PASSWORD.toCharArray());
    }
    return store.getKey("a", PASSWORD.toCharArray()).getEncoded();
  }

  private Path store(String subject) {
    return folder.resolve(subject + ".p12");
  }

  private Path write(String file, String text) throws IOException {
    return Files.writeString(folder.resolve(file), text);
  }

  private static void keytool(Path store, String... arguments) throws Exception {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("-storetype", "PKCS12", "-keystore", store.toString()));
    command.addAll(List.of("-storepass", PASSWORD));
    var process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException("keytool failed: " + command);
    }
  }
}
