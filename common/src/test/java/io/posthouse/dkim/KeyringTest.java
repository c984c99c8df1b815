package io.posthouse.dkim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.address.Domain;
import io.posthouse.dkim.SigningKeys.Found;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeyringTest {
  private final SigningWorld world = new SigningWorld().with("example.net", "Ed25519");

  @Test
  void a_domain_signs_for_those_below_it() {
    assertTrue(signature("mx1.mail.example.net").contains("d=example.net;"));
  }

  @Test
  void the_nearest_one_does() {
    world.with("mail.example.net", "Ed25519");
    assertTrue(signature("mx1.mail.example.net").contains("d=mail.example.net;"));
  }

  @Test
  void unless_nobody_wants_that() {
    world.subdomains = false;
    assertEquals(new Signing.Unsigned(Signing.Reason.NO_KEY), sign("mx1.example.net"));
  }

  @Test
  void a_top_level_domain_never_does() {
    world.with("org", "Ed25519");
    assertEquals(new Signing.Unsigned(Signing.Reason.NO_KEY), sign("example.org"));
  }

  @Test
  void keys_of_any_domain_sign_for_those_of_ours_without_one() {
    world.withAny("ours.example", "Ed25519");
    assertTrue(signature("ours.example").contains("d=ours.example;"));
    assertTrue(signature("example.net").contains("d=example.net;"));
    assertEquals(new Signing.Unsigned(Signing.Reason.NO_KEY), sign("theirs.example"));
  }

  @Test
  void a_domain_of_which_nobody_knows_whether_it_is_ours_waits() {
    world.withAny("ours.example", "Ed25519");
    var ring = new Keyring(world, true, _ -> Optional.empty());
    assertTrue(
        ring.of(new Domain("theirs.example"))
            instanceof Keyring.Signatory.Nobody(Found.Unavailable _));
  }

  @Test
  void trouble_with_a_key_is_not_passed_over() {
    world.with("mail.example.net", new Found.Unavailable("down"));
    assertEquals(new Signing.NotNow("down"), sign("mail.example.net"));
    world.with("mail.example.net", new Found.Unusable("no secret"));
    assertEquals(new Signing.Unsigned(Signing.Reason.UNUSABLE_KEY), sign("mail.example.net"));
  }

  @Test
  void the_first_that_has_keys_for_a_domain_is_not_asked_further() {
    var files = new SigningWorld().with("example.net", "RSA");
    var directory =
        new SigningWorld()
            .with("example.net", new Found.Unavailable("down"))
            .with("example.org", "Ed25519");
    var both = files.orElse(directory);
    assertEquals("[rsa (rsa-sha256)]", keys(both.of(new Domain("example.net"))));
    assertEquals("[ed25519 (ed25519-sha256)]", keys(both.of(new Domain("example.org"))));
    assertEquals(new Found.NoKey(), both.ofAnyDomain());
  }

  private Signing sign(String domain) {
    return world.sign("From: a@" + domain + "\r\n\r\n");
  }

  private String signature(String domain) {
    return world.signature("", "From: a@" + domain + "\r\n\r\n");
  }

  private static String keys(Found found) {
    return found instanceof Found.Keys(var keys) ? keys.toString() : found.toString();
  }
}
