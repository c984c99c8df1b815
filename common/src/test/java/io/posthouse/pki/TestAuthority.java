package io.posthouse.pki;

import static io.posthouse.pki.Der.bits;
import static io.posthouse.pki.Der.bool;
import static io.posthouse.pki.Der.concat;
import static io.posthouse.pki.Der.integer;
import static io.posthouse.pki.Der.octets;
import static io.posthouse.pki.Der.oid;
import static io.posthouse.pki.Der.sequence;
import static io.posthouse.pki.Der.set;
import static io.posthouse.pki.Der.text;
import static io.posthouse.pki.Der.time;
import static io.posthouse.pki.Der.value;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// Makes certificates (RFC 5280) with keys on P-256: its own, which signs itself, and those it
/// signs.
public final class TestAuthority {
  /// When a certificate is valid.
  public record Span(Instant from, Instant until) {
    /// Long enough for any clock of a test.
    public static final Span LONG =
        new Span(Instant.parse("2000-01-01T00:00:00Z"), Instant.parse("2100-01-01T00:00:00Z"));

    /// Over before any of them began.
    public static final Span PAST =
        new Span(Instant.parse("2000-01-01T00:00:00Z"), Instant.parse("2001-01-01T00:00:00Z"));
  }

  private static final String FOR_SERVERS = "1.3.6.1.5.5.7.3.1";
  private static final AtomicLong SERIAL = new AtomicLong(1);
  private static final byte[] ECDSA_SHA256 = sequence(oid("1.2.840.10045.4.3.2"));

  private final String name;
  private final TestIdentity identity;

  private TestAuthority(String name, TestIdentity identity) {
    this.name = name;
    this.identity = identity;
  }

  /// A root: nobody stands above it.
  public static TestAuthority named(String name) {
    var keys = keys();
    var own = certificate(name, keys.getPrivate(), name, keys, Span.LONG, authority());
    return new TestAuthority(name, new TestIdentity(keys.getPrivate(), List.of(own)));
  }

  /// An authority below this one.
  public TestAuthority below(String name) {
    return new TestAuthority(name, identity(name, Span.LONG, authority()));
  }

  /// An identity for these names, DNS names or addresses; valid now.
  public TestIdentity issue(String... names) {
    return issue(Span.LONG, names);
  }

  public TestIdentity issue(Span valid, String... names) {
    return identity(names[0], valid, concat(names(names), uses(FOR_SERVERS)));
  }

  /// An identity with a common name and no other.
  public TestIdentity issueByCommonName(String name) {
    return identity(name, Span.LONG, uses(FOR_SERVERS));
  }

  /// An identity that is for something else than servers.
  public TestIdentity issueFor(String use, String... names) {
    return identity(names[0], Span.LONG, concat(names(names), uses(use)));
  }

  public X509Certificate certificate() {
    return identity.certificate();
  }

  /// Its certificate as a PEM file, for those who are to trust it.
  public Path write(Path file) {
    return new TestIdentity(identity.key(), List.of(certificate())).writeChain(file);
  }

  private TestIdentity identity(String subject, Span valid, byte[] extensions) {
    var keys = keys();
    var chain = new ArrayList<X509Certificate>();
    chain.add(certificate(name, identity.key(), subject, keys, valid, extensions));
    chain.addAll(identity.chain());
    return new TestIdentity(keys.getPrivate(), chain);
  }

  private static KeyPair keys() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static X509Certificate certificate(
      String issuer, PrivateKey by, String subject, KeyPair keys, Span valid, byte[] extensions) {
    var signed =
        sequence(
            value(0xa0, integer(new byte[] {2})),
            integer(BigInteger.valueOf(SERIAL.getAndIncrement()).toByteArray()),
            ECDSA_SHA256,
            commonName(issuer),
            sequence(time(valid.from()), time(valid.until())),
            commonName(subject),
            keys.getPublic().getEncoded(),
            value(0xa3, sequence(extensions)));
    try {
      var signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(by);
      signature.update(signed);
      var der = sequence(signed, ECDSA_SHA256, bits(signature.sign()));
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] commonName(String name) {
    return sequence(set(sequence(oid("2.5.4.3"), text(name))));
  }

  private static byte[] authority() {
    return sequence(oid("2.5.29.19"), bool(true), octets(sequence(bool(true))));
  }

  private static byte[] uses(String use) {
    return sequence(oid("2.5.29.37"), octets(sequence(oid(use))));
  }

  private static byte[] names(String... names) {
    var all = Arrays.stream(names).map(TestAuthority::alternative).toArray(byte[][]::new);
    return sequence(oid("2.5.29.17"), octets(sequence(all)));
  }

  private static byte[] alternative(String name) {
    return name.matches("[0-9.]+|.*:.*")
        ? value(0x87, InetAddress.ofLiteral(name).getAddress())
        : value(0x82, name.getBytes(StandardCharsets.US_ASCII));
  }
}
