package io.posthouse.storage.crypt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.message.Octets;
import io.posthouse.storage.crypt.Encryption.Result;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cms.CMSEnvelopedData;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.jcajce.JceKeyTransEnvelopedRecipient;
import org.bouncycastle.openpgp.api.OpenPGPKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EncryptionTest {
  private static final Duration DAY = Duration.ofDays(1);
  private static final OpenPGPKey ALICE = TestKeys.curve25519();

  /// A key is good from the second it was made in.
  private final Instant now = Instant.now().plusSeconds(60);

  private static final String MAIL =
      """
      Received: from a by b
      From: Bob <bob@example.test>
      Subject: hello
      Content-Type: text/html;
       charset=iso-8859-1
      MIME-Version: 1.0
      Message-ID: <1@example.test>
      Content-Transfer-Encoding: 8bit

      <p>caf\u00e9</p>
      .
      """
          .replace("\n", "\r\n");

  private static final String ENTITY =
      """
      Content-Type: text/html;
       charset=iso-8859-1
      Content-Transfer-Encoding: 8bit

      <p>caf\u00e9</p>
      .
      """
          .replace("\n", "\r\n");

  private static final String BLOCK =
      "-----BEGIN PGP MESSAGE-----\r\n\r\nx\r\n-----END PGP MESSAGE-----\r\n";

  @Test
  void what_was_said_goes_inside_and_who_said_it_to_whom_stays_outside() {
    var message = pgp(MAIL, ALICE);
    assertTrue(
        message.startsWith(
            """
            Received: from a by b
            From: Bob <bob@example.test>
            Subject: hello
            MIME-Version: 1.0
            Message-ID: <1@example.test>
            Content-Type: multipart/encrypted; protocol="application/pgp-encrypted";
            """
                .replace("\n", "\r\n")),
        message);
    assertFalse(message.contains("text/html"));
    assertFalse(message.contains("caf"));
    assertEquals(ENTITY, TestKeys.decrypted(ALICE, message));
  }

  @Test
  void every_line_ends_as_lines_of_mail_do() {
    var message = pgp(MAIL, ALICE);
    assertEquals(message, message.replace("\r\n", "\n").replace("\n", "\r\n"));
  }

  @Test
  void rsa_keys_do_as_well() {
    var key = TestKeys.rsa();
    assertEquals(ENTITY, TestKeys.decrypted(key, pgp(MAIL, key)));
  }

  @Test
  void each_of_several_keys_reads_it() {
    var other = TestKeys.curve25519();
    var message = pgp(MAIL, ALICE, other);
    assertEquals(ENTITY, TestKeys.decrypted(ALICE, message));
    assertEquals(ENTITY, TestKeys.decrypted(other, message));
  }

  @Test
  void mail_that_does_not_say_what_it_is_becomes_text() {
    var message = pgp("Subject: plain\r\n\r\nhello\r\n", ALICE);
    assertTrue(message.startsWith("Subject: plain\r\nMIME-Version: 1.0\r\nContent-Type: multi"));
    assertEquals("Content-Type: text/plain\r\n\r\nhello\r\n", TestKeys.decrypted(ALICE, message));
  }

  @Test
  void mail_without_a_body_and_mail_without_a_header_are_encrypted() {
    assertEquals(
        "Content-Type: text/plain\r\n\r\n",
        TestKeys.decrypted(ALICE, pgp("Subject: all of it\r\n", ALICE)));
    assertEquals(
        "Content-Type: text/plain\r\n\r\nbody", TestKeys.decrypted(ALICE, pgp("\r\nbody", ALICE)));
  }

  @Test
  void nothing_of_a_header_of_ten_thousand_fields_is_lost() {
    var fields = "X-Field: 1\r\n".repeat(10_000);
    var message = pgp(fields + "Content-Type: text/html\r\n\r\nsecret\r\n", ALICE);
    assertTrue(message.startsWith(fields));
    assertEquals("Content-Type: text/html\r\n\r\nsecret\r\n", TestKeys.decrypted(ALICE, message));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Type: Multipart/Encrypted; boundary=b\r\n\r\n--b--\r\n",
        "Content-Type: application/pkcs7-mime; smime-type=enveloped-data\r\n\r\nMII=\r\n",
        "Content-Type: application/x-pkcs7-mime; smime-type=authEnveloped-data\r\n\r\nMII=\r\n",
        "Subject: x\r\n\r\n\r\n" + BLOCK
      })
  void what_its_sender_has_encrypted_stays_as_it_is(String message) {
    assertInstanceOf(Result.AlreadyEncrypted.class, encrypt(message, pgpKeys(ALICE)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Type: multipart/signed; boundary=b\r\n\r\n--b--\r\n",
        "Content-Type: application/pkcs7-mime; smime-type=signed-data\r\n\r\nMII=\r\n",
        "Content-Type: application/pkcs7-mime; name=smime.p7m\r\n\r\nMII=\r\n",
        "Subject: x\r\n\r\n" + BLOCK + "secret",
        "Subject: x\r\n\r\n" + BLOCK + "secret\r\n-----END PGP MESSAGE-----\r\n"
      })
  void what_is_signed_or_says_anything_in_the_clear_is_encrypted(String message) {
    assertInstanceOf(Result.Encrypted.class, encrypt(message, pgpKeys(ALICE)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "my key",
        "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nAAAA\n-----END PGP PUBLIC KEY BLOCK-----",
        "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmQENBF\n=abcd\n-----END PGP PUBLIC KEY BLOCK-----"
      })
  void what_is_no_key_encrypts_nothing_and_says_so(String key) {
    assertInstanceOf(Result.Impossible.class, encrypt(MAIL, new Keys.OpenPgp(key)));
  }

  @Test
  void a_key_for_signing_or_of_the_future_encrypts_nothing() {
    assertInstanceOf(Result.Impossible.class, encrypt(MAIL, pgpKeys(TestKeys.forSigningOnly())));
    assertInstanceOf(
        Result.Impossible.class, Encryption.encrypt(latin1(MAIL), pgpKeys(ALICE), now.minus(DAY)));
  }

  @Test
  void a_certificate_encrypts_for_its_owner() throws CMSException {
    var key = TestKeys.keyPair("RSA", 2048);
    var certificate = TestKeys.certificate(key, now.minus(DAY), now.plus(DAY));
    var message = encrypted(encrypt(MAIL, TestKeys.smime(certificate)));
    assertTrue(message.contains("\r\nContent-Type: application/pkcs7-mime; smime-type=enveloped"));
    assertFalse(message.contains("text/html"));
    var body = message.substring(message.indexOf("\r\n\r\n") + 4);
    var cms = new CMSEnvelopedData(Base64.getMimeDecoder().decode(body));
    var recipient = cms.getRecipientInfos().getRecipients().iterator().next();
    var clear = recipient.getContent(new JceKeyTransEnvelopedRecipient(key.getPrivate()));
    assertEquals(ENTITY, new String(clear, StandardCharsets.ISO_8859_1));
  }

  @Test
  void a_certificate_that_has_expired_is_passed_over() throws CMSException {
    var key = TestKeys.keyPair("RSA", 2048);
    var expired = TestKeys.certificate(key, now.minus(DAY.multipliedBy(2)), now.minus(DAY));
    var valid = TestKeys.certificate(key, now.minus(DAY), now.plus(DAY));
    var message = encrypted(encrypt(MAIL, TestKeys.smime(expired, valid)));
    var body = message.substring(message.indexOf("\r\n\r\n") + 4);
    var cms = new CMSEnvelopedData(Base64.getMimeDecoder().decode(body));
    assertEquals(1, cms.getRecipientInfos().size());
    assertInstanceOf(Result.Impossible.class, encrypt(MAIL, TestKeys.smime(expired)));
  }

  @Test
  void a_certificate_for_signing_encrypts_nothing() {
    var key = TestKeys.keyPair("RSA", 2048);
    var signing =
        TestKeys.certificate(key, now.minus(DAY), now.plus(DAY), KeyUsage.digitalSignature);
    assertInstanceOf(Result.Impossible.class, encrypt(MAIL, TestKeys.smime(signing)));
  }

  @Test
  void what_is_no_certificate_encrypts_nothing_and_says_so() {
    assertInstanceOf(Result.Impossible.class, encrypt(MAIL, TestKeys.smime("mine")));
    assertInstanceOf(Result.Impossible.class, encrypt(MAIL, TestKeys.smime()));
  }

  private static Keys pgpKeys(OpenPGPKey... keys) {
    return new Keys.OpenPgp(
        String.join("\n", List.of(keys).stream().map(TestKeys::armoured).toList()));
  }

  private String pgp(String message, OpenPGPKey... keys) {
    return encrypted(encrypt(message, pgpKeys(keys)));
  }

  private Result encrypt(String message, Keys keys) {
    return Encryption.encrypt(latin1(message), keys, now);
  }

  private static String encrypted(Result result) {
    var message = assertInstanceOf(Result.Encrypted.class, result).message();
    return new String(message.toArray(), StandardCharsets.ISO_8859_1);
  }

  private static Octets latin1(String text) {
    return Octets.of(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
