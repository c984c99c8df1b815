package io.posthouse.delivery.tls;

import static java.util.Comparator.comparingInt;

import io.posthouse.delivery.security.Security;
import io.posthouse.dns.Tlsa;
import io.posthouse.message.Octets;
import io.posthouse.telemetry.TlsFailure;
import io.posthouse.telemetry.TlsState;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Whether a TLSA record stands for what a host sent (RFC 6698, RFC 7671, RFC 7672 §3). Pure.
///
/// A record that nobody could use is as good as none. Of records that differ only in their digest
/// the strongest counts (RFC 7671 §9).
final class DaneCheck {
  private static final int TRUST_ANCHOR = 2;
  private static final int END_ENTITY = 3;
  private static final int FULL = 0;

  private final Security.Dane dane;
  private final Instant now;

  DaneCheck(Security.Dane dane, Instant now) {
    this.dane = dane;
    this.now = now;
  }

  Checked of(List<X509Certificate> chain) {
    var records = strongest(dane.records().stream().filter(Tlsa::isUsable).toList());
    if (records.isEmpty())
      return new Checked.Bad(TlsFailure.TLSA_INVALID, "no TLSA record can be used");
    // Neither names nor dates count beside such a record (RFC 7672 §3.1.1).
    if (of(records, END_ENTITY).anyMatch(record -> matches(record, chain.getFirst())))
      return new Checked.Good(TlsState.DANE);
    var anchored = of(records, TRUST_ANCHOR).flatMap(record -> anchored(record, chain)).toList();
    if (anchored.isEmpty())
      return new Checked.Bad(TlsFailure.VALIDATION_FAILURE, "no TLSA record matches");
    return anchored.stream()
        .filter(Checked.Good.class::isInstance)
        .findFirst()
        .orElseGet(anchored::getFirst);
  }

  private static Stream<Tlsa> of(List<Tlsa> records, int usage) {
    return records.stream().filter(record -> record.usage() == usage);
  }

  private static List<Tlsa> strongest(List<Tlsa> records) {
    return records.stream()
        .filter(r -> r.matching() == FULL || records.stream().noneMatch(o -> isWeaker(r, o)))
        .toList();
  }

  private static boolean isWeaker(Tlsa record, Tlsa other) {
    return record.usage() == other.usage()
        && record.selector() == other.selector()
        && record.matching() < other.matching();
  }

  /// What each trust anchor that the record stands for makes of the chain.
  private Stream<Checked> anchored(Tlsa record, List<X509Certificate> chain) {
    var sent =
        IntStream.range(1, chain.size())
            .filter(i -> matches(record, chain.get(i)))
            .mapToObj(i -> below(new TrustAnchor(chain.get(i), null), chain.subList(0, i)));
    // What stands in the record in full need not be sent (RFC 7671 §5.2.2).
    var published =
        record.matching() == FULL
            ? inFull(record, chain).map(anchor -> below(anchor, chain)).stream()
            : Stream.<Checked>empty();
    return Stream.concat(sent, published)
        .sorted(comparingInt(c -> c instanceof Checked.Good ? 0 : 1));
  }

  private Checked below(TrustAnchor anchor, List<X509Certificate> chain) {
    Optional<Checked> trouble =
        new CertificatePath(chain, now).trouble(Set.of(anchor)).map(bad -> (Checked) bad);
    var names = dane.names().stream().map(name -> name.name()).toList();
    return trouble
        .or(() -> CertificateNames.orCommonName(chain.getFirst()).mismatch(names))
        .orElse(new Checked.Good(TlsState.DANE));
  }

  private static boolean matches(Tlsa record, X509Certificate certificate) {
    try {
      var selected =
          record.selector() == FULL
              ? certificate.getEncoded()
              : certificate.getPublicKey().getEncoded();
      return record.association().equals(Octets.of(digest(record.matching(), selected)));
    } catch (CertificateEncodingException | NoSuchAlgorithmException e) {
      return false;
    }
  }

  private static byte[] digest(int matching, byte[] selected) throws NoSuchAlgorithmException {
    return switch (matching) {
      case 1 -> MessageDigest.getInstance("SHA-256").digest(selected);
      case 2 -> MessageDigest.getInstance("SHA-512").digest(selected);
      default -> selected;
    };
  }

  private static Optional<TrustAnchor> inFull(Tlsa record, List<X509Certificate> chain) {
    var octets = record.association().toArray();
    try {
      if (record.selector() == FULL) {
        var certificate =
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(octets));
        return Optional.of(new TrustAnchor((X509Certificate) certificate, null));
      }
      var issuer = chain.getLast().getIssuerX500Principal();
      return key(octets).map(key -> new TrustAnchor(issuer, key, null));
    } catch (GeneralSecurityException notACertificate) {
      return Optional.empty();
    }
  }

  private static Optional<PublicKey> key(byte[] octets) {
    for (var algorithm : List.of("RSA", "EC", "EdDSA")) {
      try {
        var spec = new X509EncodedKeySpec(octets);
        return Optional.of(KeyFactory.getInstance(algorithm).generatePublic(spec));
      } catch (GeneralSecurityException ofAnotherKind) {
        // One of them knows it, or it is no key.
      }
    }
    return Optional.empty();
  }
}
