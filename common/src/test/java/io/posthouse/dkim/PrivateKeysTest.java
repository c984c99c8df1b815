package io.posthouse.dkim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateKeysTest {
  @Test
  void a_key_is_read_as_pkcs_8() throws GeneralSecurityException {
    for (var kind : new String[] {"RSA", "Ed25519"}) {
      var key = KeyPairGenerator.getInstance(kind).generateKeyPair().getPrivate();
      assertEquals(key, PrivateKeys.read(pem("PRIVATE KEY", key.getEncoded())));
    }
  }

  @Test
  void an_rsa_key_is_read_as_pkcs_1_of_any_length() throws GeneralSecurityException {
    for (var bits : new int[] {1024, 2048, 3072}) {
      var key = rsa(bits);
      // PKCS #8 ends with it (RFC 5208 §5).
      var octets = key.getEncoded();
      var pkcs1 = Arrays.copyOfRange(octets, 26, octets.length);
      assertEquals(key, PrivateKeys.read(pem("RSA PRIVATE KEY", pkcs1)), bits + " bits");
    }
  }

  @Test
  void text_around_a_key_is_passed_over() throws GeneralSecurityException {
    var key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate();
    var text = "our key\n" + pem("PRIVATE KEY", key.getEncoded()) + "and more\n";
    assertEquals(key, PrivateKeys.read(text.replace("\n", "\r\n")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----\nMAAA\n-----END PRIVATE KEY-----",
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMAAA\n-----END ENCRYPTED PRIVATE KEY-----",
        "-----BEGIN EC PRIVATE KEY-----\nMAAA\n-----END EC PRIVATE KEY-----",
        "-----BEGIN PUBLIC KEY-----\nMAAA\n-----END PUBLIC KEY-----",
        "-----BEGIN PRIVATE KEY-----\n!!!!\n-----END RSA PRIVATE KEY-----",
      })
  void what_is_no_key_is_told(String text) {
    var e = assertThrows(IllegalArgumentException.class, () -> PrivateKeys.read(text));
    assertTrue(String.valueOf(e.getMessage()).contains("expected: PEM"), e.getMessage());
  }

  @Test
  void other_kinds_of_keys_do_not_sign() throws GeneralSecurityException {
    var key = KeyPairGenerator.getInstance("EC").generateKeyPair().getPrivate();
    assertThrows(
        IllegalArgumentException.class,
        () -> PrivateKeys.read(pem("PRIVATE KEY", key.getEncoded())));
    assertThrows(IllegalArgumentException.class, () -> new SigningKey("s", key));
  }

  @Test
  void rsa_keys_that_nobody_believes_are_refused_and_short_ones_are_weak()
      throws GeneralSecurityException {
    assertThrows(IllegalArgumentException.class, () -> new SigningKey("s", rsa(768)));
    assertTrue(new SigningKey("s", rsa(1024)).isWeak());
    assertFalse(new SigningKey("s", rsa(2048)).isWeak());
    assertFalse(SigningWorld.key("Ed25519").isWeak());
  }

  @Test
  void a_selector_can_be_a_name_in_dns() {
    assertEquals("s2026.Eu-1", SigningKey.selector("s2026.Eu-1"));
    for (var wrong : new String[] {"", "a b", "-a", "a..b", "s;d=x", "\u00fc", "x".repeat(64)})
      assertThrows(IllegalArgumentException.class, () -> SigningKey.selector(wrong), wrong);
  }

  private static PrivateKey rsa(int bits) throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(bits);
    return generator.generateKeyPair().getPrivate();
  }

  private static String pem(String what, byte[] octets) {
    var base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(octets);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(what, base64, what);
  }
}
