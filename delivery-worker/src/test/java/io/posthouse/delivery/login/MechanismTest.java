package io.posthouse.delivery.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.config.Secret;
import io.posthouse.delivery.login.Mechanism.Distrust;
import io.posthouse.delivery.routing.Login;
import io.posthouse.message.Octets;
import io.posthouse.smtp.SaslMechanism;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MechanismTest {
  // RFC 7677 §3.
  private static final String NONCE = "rOprNGfwEbeRWgbNEkqO";
  private static final String SERVER_FIRST =
      "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096";
  private static final Login USER = new Login("user", Secret.of("pencil"), false);

  @ParameterizedTest
  @CsvSource({
    "PLAIN LOGIN,                  PLAIN",
    "LOGIN,                        LOGIN",
    "PLAIN LOGIN SCRAM_SHA_256,    SCRAM_SHA_256",
    "SCRAM_SHA_256_PLUS PLAIN,     PLAIN",
    "XOAUTH2 OAUTHBEARER,          ",
  })
  void the_best_mechanism_that_both_know_is_used(String offered, SaslMechanism chosen) {
    var names =
        Arrays.stream(offered.split(" ")).map(SaslMechanism::valueOf).collect(Collectors.toSet());
    assertEquals(
        Optional.ofNullable(chosen), Mechanism.of(USER, names, NONCE).map(Mechanism::name));
  }

  @Test
  void plain_says_everything_at_once() throws Distrust {
    var plain = mechanism(SaslMechanism.PLAIN);
    assertEquals(Optional.of(Octets.utf8("\0user\0pencil")), plain.first());
    assertEquals(Octets.utf8("\0user\0pencil"), plain.answer(Octets.EMPTY));
  }

  @Test
  void login_says_the_user_then_the_password_whatever_it_is_asked() throws Distrust {
    var login = mechanism(SaslMechanism.LOGIN);
    assertEquals(Optional.empty(), login.first());
    assertEquals("user", text(login.answer(Octets.utf8("Username:"))));
    assertEquals("pencil", text(login.answer(Octets.utf8("Passwort bitte"))));
    assertThrows(Distrust.class, () -> login.answer(Octets.utf8("And your mother's name?")));
  }

  @Test
  void scram_proves_the_password_without_saying_it_as_in_the_rfc() throws Distrust {
    var scram = mechanism(SaslMechanism.SCRAM_SHA_256);
    assertEquals("n,,n=user,r=rOprNGfwEbeRWgbNEkqO", text(scram.first().orElseThrow()));
    assertEquals(
        "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
            + "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
        text(scram.answer(Octets.utf8(SERVER_FIRST))));
    assertFalse(scram.isSatisfied());
    assertEquals(
        Octets.EMPTY, scram.answer(Octets.utf8("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=")));
    assertTrue(scram.isSatisfied());
  }

  @ParameterizedTest
  @ValueSource(strings = {"v=7rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=", "v=", "", "e=other"})
  void a_host_that_does_not_know_the_password_is_not_trusted(String serverFinal) throws Distrust {
    var scram = mechanism(SaslMechanism.SCRAM_SHA_256);
    var _ = scram.answer(Octets.utf8(SERVER_FIRST));
    assertThrows(Distrust.class, () -> scram.answer(Octets.utf8(serverFinal)));
    assertFalse(scram.isSatisfied());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "r=somebodyElses,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
        "r=rOprNGfwEbeRWgbNEkqO,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
        "r=rOprNGfwEbeRWgbNEkqOabc,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=1",
        "r=rOprNGfwEbeRWgbNEkqOabc,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=9999999",
        "r=rOprNGfwEbeRWgbNEkqOabc,s===,i=4096",
        "m=ext,r=rOprNGfwEbeRWgbNEkqOabc,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
        "e=unknown-user",
        "no scram at all",
      })
  void a_host_that_does_not_keep_to_scram_hears_no_proof(String serverFirst) {
    var scram = mechanism(SaslMechanism.SCRAM_SHA_256);
    assertThrows(Distrust.class, () -> scram.answer(Octets.utf8(serverFirst)));
  }

  @Test
  void a_host_may_ask_for_the_first_message_of_scram() throws Distrust {
    var scram = mechanism(SaslMechanism.SCRAM_SHA_256);
    assertEquals(scram.first().orElseThrow(), scram.answer(Octets.EMPTY));
  }

  @Test
  void what_separates_scrams_fields_is_said_otherwise_in_a_name() {
    var scram = new Scram(new Login("a=b,c", Secret.of("x"), false), "nonce");
    assertEquals("n,,n=a=3Db=2Cc,r=nonce", text(scram.first().orElseThrow()));
  }

  private static Mechanism mechanism(SaslMechanism name) {
    return Mechanism.of(USER, Set.of(name), NONCE).orElseThrow();
  }

  private static String text(Octets octets) {
    return new String(octets.toArray(), StandardCharsets.UTF_8);
  }
}
