package io.ccrelay.config;

import io.ccrelay.policy.CertificateEntity;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads {@code policies.certificates}: PEM files, each with a key of its own or without. */
final class CertificatesSection {

  private CertificatesSection() {}

  static Map<String, CertificateEntity> read(Section listed, PolicyFiles files) {
    var all = new LinkedHashMap<String, CertificateEntity>();
    for (String id : listed.keys()) {
      var section = listed.section(id);
      Optional<String> key = section.has("key") ? files.text(section, "key") : Optional.empty();
      files
          .text(section, "certificate")
          .flatMap(pem -> entity(section, pem, key))
          .ifPresent(entity -> all.put(id, entity));
      section.finish(UnknownKeys.REFUSED);
    }
    return all;
  }

  /** Reasons are our own: those of parsers quote what they read. */
  private static Optional<CertificateEntity> entity(
      Section section, String certificate, Optional<String> key) {
    try {
      return Optional.of(CertificateEntity.of(certificate, key));
    } catch (CertificateEntity.MalformedException malformed) {
      section.problem(malformed.ofKey() ? "key" : "certificate", malformed.problem());
      return Optional.empty();
    }
  }
}
