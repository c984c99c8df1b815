package io.posthouse.delivery.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.address.Domain;
import io.posthouse.delivery.security.Security;
import io.posthouse.dns.Tlsa;
import io.posthouse.message.Octets;
import io.posthouse.telemetry.TlsFailure;
import io.posthouse.vectors.Vectors;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/// What another implementation makes of TLSA records and chains.
class DaneVectorsTest {
  /// OpenSSL's numbers: 62 is a name that does not match.
  private static final int WRONG_NAME = 62;

  private static final Domain NAME = new Domain("example.com");

  @Test
  void chains_are_judged_as_openssl_judges_them() throws Exception {
    var judged = 0;
    var notForMail = 0;
    var unread = new ArrayList<String>();
    for (var one : Vectors.list("dane/dane.json", "cases")) {
      if (!isReadable(one)) {
        unread.add(id(one));
        continue;
      }
      var records =
          one.getList("tlsa", Document.class).stream().map(DaneVectorsTest::tlsa).toList();
      if (records.stream().noneMatch(Tlsa::isUsable)) {
        assertEquals(TlsFailure.TLSA_INVALID, failure(of(records, chain(one))), id(one));
        notForMail++;
        continue;
      }
      assertEquals(
          expected(one, records), of(records, chain(one)) instanceof Checked.Good, id(one));
      judged++;
    }
    assertTrue(judged > 0);
    System.out.println(
        "not judged: "
            + unread
            + ", the JDK reads no certificate without an issuer, so such handshakes fail");
    System.out.println(
        judged + " chains judged; " + notForMail + " with records that mail does not use (0, 1)");
  }

  private static boolean isReadable(Document one) {
    try {
      return !chain(one).isEmpty();
    } catch (CertificateException unreadable) {
      return false;
    }
  }

  /// OpenSSL checks names for usage 3 too unless told otherwise; mail never does (RFC 7672 §3.1.1).
  private static boolean expected(Document one, List<Tlsa> records) {
    if (one.getInteger("verify_result") == WRONG_NAME && records.getFirst().usage() == 3) {
      System.out.println("differs: " + id(one) + ", for mail the name does not matter to usage 3");
      return true;
    }
    return one.getBoolean("ok");
  }

  private static Checked of(List<Tlsa> records, List<X509Certificate> chain) {
    var now = Instant.parse("2026-03-02T08:14:10Z");
    return new DaneCheck(new Security.Dane(records, NAME, Set.of(NAME)), now).of(chain);
  }

  private static TlsFailure failure(Checked checked) {
    return ((Checked.Bad) checked).shortfall().type();
  }

  private static Tlsa tlsa(Document one) {
    return new Tlsa(
        one.getInteger("usage"),
        one.getInteger("selector"),
        one.getInteger("mtype"),
        Octets.of(HexFormat.of().parseHex(one.getString("data"))));
  }

  private static List<X509Certificate> chain(Document one) throws CertificateException {
    var factory = CertificateFactory.getInstance("X.509");
    var chain = new ArrayList<X509Certificate>();
    for (var pem : one.getList("chain", String.class)) {
      var octets = pem.getBytes(StandardCharsets.US_ASCII);
      chain.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(octets)));
    }
    return chain;
  }

  private static String id(Document one) {
    return one.getString("id");
  }
}
