package io.posthouse.edge.sasl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.directory.Account;
import io.posthouse.directory.UserId;
import io.posthouse.message.Octets;
import io.posthouse.smtp.SaslMechanism;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExchangeTest {
  private static final Optional<Account> USER =
      Optional.of(new Account(new UserId("5".repeat(24)), "user", 0));
  private static final Binding EXPORTER =
      Binding.of(Map.of("tls-exporter", Octets.utf8("thirty-two octets of the exporter")));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "secret",
        "pässwörd",
        "50%",
        "a:b",
        "a+b c",
        "  ",
        "😀",
        "日本語",
        "=",
        "*",
        "quote\"and\\"
      })
  void a_password_arrives_exactly(String password) {
    var plain = claim(begin(SaslMechanism.PLAIN, Binding.NONE, "\0jürgen\0" + password));
    assertEquals(new Claim.Password(SaslMechanism.PLAIN, "jürgen", password), plain);
    var login = new Exchange.LoginPassword("jürgen").hear(Octets.utf8(password));
    assertEquals(new Claim.Password(SaslMechanism.LOGIN, "jürgen", password), claim(login));
  }

  @Test
  void a_password_of_a_hundred_octets_arrives_whole() {
    var password = "0123456789".repeat(10);
    var claim = claim(begin(SaslMechanism.PLAIN, Binding.NONE, "bob\0bob\0" + password));
    assertEquals(new Claim.Password(SaslMechanism.PLAIN, "bob", password), claim);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "bob", "bob\0secret", "\0\0secret", "\0bob\0sec\0ret", "alice\0bob\0secret"})
  void what_is_no_message_of_plain_is_not_understood(String message) {
    assertEquals(new Turn.Unintelligible(), begin(SaslMechanism.PLAIN, Binding.NONE, message));
  }

  @Test
  void what_is_no_utf8_is_not_understood() {
    var latin1 = Octets.of(new byte[] {0, 'b', 0, (byte) 0xe4});
    assertEquals(new Turn.Unintelligible(), new Exchange.PlainResponse().hear(latin1));
  }

  @Test
  void scram_as_in_the_example_of_the_rfc() {
    var asked = ask(begin(SaslMechanism.SCRAM_SHA_256, Binding.NONE, ScramExample.CLIENT_FIRST));
    assertEquals(Octets.utf8(ScramExample.SERVER_FIRST), asked.challenge());
    var proof = proof(asked, ScramExample.CLIENT_FINAL);
    assertTrue(proof.right());
    assertEquals(Octets.utf8(ScramExample.SERVER_FINAL), proof.lastWord());
    assertEquals(Optional.of("user"), proof.user());
  }

  @Test
  void no_proof_fits_the_keys_of_nobody() {
    var turn = begin(SaslMechanism.SCRAM_SHA_256, Binding.NONE, ScramExample.CLIENT_FIRST);
    var greeting = assertInstanceOf(Claim.ScramName.class, claim(turn)).greeting();
    var keys = new Answer.Keys(ScramExample.KEYS, Optional.empty(), ScramExample.SERVER_NONCE);
    assertFalse(proof(Scram.ask(greeting, keys), ScramExample.CLIENT_FINAL).right());
  }

  @Test
  void a_proof_is_for_its_own_nonce_and_its_own_binding() {
    var asked = ask(begin(SaslMechanism.SCRAM_SHA_256, Binding.NONE, ScramExample.CLIENT_FIRST));
    var other = ScramExample.CLIENT_FINAL.replace("hNlF$k0", "hNlF$k1");
    assertEquals(new Turn.Unintelligible(), Scram.last(asked, Octets.utf8(other)));
    var elsewhere = ScramExample.CLIENT_FINAL.replace("c=biws", "c=eSws");
    assertFalse(proof(asked, elsewhere).right());
  }

  @Test
  void names_have_their_commas_and_equals_signs_escaped() {
    var first = "n,,n=a=2Cb=3Dc,r=abc";
    assertEquals(
        Optional.of("a,b=c"),
        claim(begin(SaslMechanism.SCRAM_SHA_256, Binding.NONE, first)).user());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "n,,n=user",
        "n,,n=,r=abc",
        "n,,n=us=er,r=abc",
        "n,,m=ext,n=user,r=abc",
        "n,a=other,n=user,r=abc",
        "p=tls-exporter,,n=user,r=abc",
        "q,,n=user,r=abc",
        "n,,n=user,r=a\u0001c"
      })
  void what_is_no_first_message_of_scram_is_not_understood(String first) {
    assertEquals(
        new Turn.Unintelligible(), begin(SaslMechanism.SCRAM_SHA_256, Binding.NONE, first));
  }

  @Test
  void who_binds_must_bind_to_what_there_is_and_nobody_may_take_the_offer_away() {
    var plus = SaslMechanism.SCRAM_SHA_256_PLUS;
    var bound = claim(begin(plus, EXPORTER, "p=tls-exporter,,n=user,r=abc"));
    assertEquals(plus, bound.mechanism());
    for (var first : new String[] {"p=tls-unique,,n=user,r=a", "n,,n=user,r=a", "y,,n=user,r=a"})
      assertEquals(new Turn.Unintelligible(), begin(plus, EXPORTER, first));
    assertEquals(
        new Turn.Unintelligible(), begin(SaslMechanism.SCRAM_SHA_256, EXPORTER, "y,,n=user,r=abc"));
    claim(begin(SaslMechanism.SCRAM_SHA_256, EXPORTER, "n,,n=user,r=abc"));
    claim(begin(SaslMechanism.SCRAM_SHA_256, Binding.NONE, "y,,n=user,r=abc"));
  }

  @Test
  void a_token_is_found_with_its_user_and_without() {
    var one =
        begin(
            SaslMechanism.OAUTHBEARER,
            Binding.NONE,
            "n,a=us=2Cer,\u0001host=mx\u0001port=587\u0001auth=Bearer vF9dft4qmT==\u0001\u0001");
    assertEquals(
        new Claim.Token(SaslMechanism.OAUTHBEARER, Optional.of("us,er"), "vF9dft4qmT=="),
        claim(one));
    var other =
        begin(SaslMechanism.OAUTHBEARER, Binding.NONE, "n,,\u0001auth=bearer t\u0001\u0001");
    assertEquals(Optional.empty(), claim(other).user());
    var third =
        begin(SaslMechanism.XOAUTH2, Binding.NONE, "user=bob\u0001auth=Bearer t\u0001\u0001");
    assertEquals(Optional.of("bob"), claim(third).user());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "n,,",
        "n,,\u0001auth=Bearer t\u0001",
        "n,,\u0001auth=Basic t\u0001\u0001",
        "user=bob\u0001auth=Bearer t\u0001\u0001",
        "n,,\u0001auth=Bearer t\r\n\u0001\u0001"
      })
  void what_is_no_message_of_oauthbearer_is_not_understood(String message) {
    assertEquals(
        new Turn.Unintelligible(), begin(SaslMechanism.OAUTHBEARER, Binding.NONE, message));
  }

  @ParameterizedTest
  @EnumSource
  void any_octets_lead_to_some_turn(SaslMechanism mechanism) {
    var seed = new Random().nextLong();
    var random = new Random(seed);
    var alphabet = "n,=ap\0\u0001rcv=Bearer authuser,,=2C";
    for (int i = 0; i < 2000; i++) {
      var octets = new byte[random.nextInt(40)];
      for (int at = 0; at < octets.length; at++)
        octets[at] =
            random.nextInt(8) == 0
                ? (byte) random.nextInt(256)
                : (byte) alphabet.charAt(random.nextInt(alphabet.length()));
      var turn = Exchange.begin(mechanism, EXPORTER, Optional.of(Octets.of(octets)));
      assertFalse(turn instanceof Turn.Proved, "seed " + seed);
    }
  }

  private static Turn begin(SaslMechanism mechanism, Binding binding, String first) {
    return Exchange.begin(mechanism, binding, Optional.of(Octets.utf8(first)));
  }

  private static Claim claim(Turn turn) {
    return assertInstanceOf(Turn.Check.class, turn).claim();
  }

  private static Scram.Asked ask(Turn turn) {
    var greeting = assertInstanceOf(Claim.ScramName.class, claim(turn)).greeting();
    return Scram.ask(greeting, new Answer.Keys(ScramExample.KEYS, USER, ScramExample.SERVER_NONCE));
  }

  private static Claim.ScramProof proof(Scram.Asked asked, String message) {
    return assertInstanceOf(Claim.ScramProof.class, claim(Scram.last(asked, Octets.utf8(message))));
  }
}
