package io.posthouse.mongo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PasswordHashTest {
  /// `password`, hashed by CPython's hashlib and written as passlib does.
  private static final String PASSLIB =
      "$pbkdf2-sha256$6400$LGJCMs3SIXcSlN.7MQrKAA$iyhTAlhdwHJ.hXAlBihI9yfHmCCVR9ZKh5TByXQQ5rY";

  @Test
  void a_password_matches_its_own_hash_only() {
    var hash = Pbkdf2.of("correct horse");
    assertTrue(hash.matches("correct horse"));
    assertFalse(hash.matches("correct  horse"));
    assertFalse(hash.matches(""));
  }

  @Test
  void what_is_written_is_read_again() {
    var text = Pbkdf2.of("pässword").text();
    assertTrue(text.startsWith("$pbkdf2-sha256$i=25000$"), text);
    assertTrue(PasswordHash.parse(text).orElseThrow().matches("pässword"));
  }

  @Test
  void two_hashes_of_one_password_differ() {
    assertNotEquals(Pbkdf2.of("x").text(), Pbkdf2.of("x").text());
  }

  @Test
  void a_hash_of_passlib_is_understood() {
    assertTrue(PasswordHash.parse(PASSLIB).orElseThrow().matches("password"));
  }

  @Test
  void a_hash_of_another_kind_is_none_of_ours() {
    assertEquals(Optional.empty(), PasswordHash.parse("$2a$11$abcdefghijklmnopqrstuv"));
    assertEquals(Optional.empty(), PasswordHash.parse(""));
  }
}
