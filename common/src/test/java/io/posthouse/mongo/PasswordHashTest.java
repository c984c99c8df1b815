package io.posthouse.mongo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import at.favre.lib.crypto.bcrypt.BCrypt;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  /// From the tests of jBCrypt, with the prefixes of others.
  @ParameterizedTest
  @CsvSource({
    "a, $2a$06$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVfxe",
    "abc, $2b$06$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i",
    "abcdefghijklmnopqrstuvwxyz, $2y$06$.rCVZVOThsIa97pEDOxvGuRRgzG64bvtJ0938xuqzv18d3ZpQhstC"
  })
  void bcrypt_of_all_three_spellings(String password, String hash) {
    var parsed = PasswordHash.parse(hash).orElseThrow();
    assertTrue(parsed.matches(password));
    assertFalse(parsed.matches(password + "x"));
    assertEquals(hash, parsed.text());
  }

  @Test
  void bcrypt_sees_72_octets_of_a_password_and_a_longer_one_is_no_fault() {
    var hash = new Bcrypt(BCrypt.withDefaults().hashToString(4, "ä".repeat(36).toCharArray()));
    assertTrue(hash.matches("ä".repeat(36) + "whatever comes"));
    assertFalse(hash.matches("ä".repeat(35)));
  }

  @Test
  void a_hash_that_would_take_minutes_is_not_computed() {
    var slow = "$2b$20$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i";
    assertEquals(Optional.empty(), PasswordHash.parse(slow));
  }

  @Test
  void a_hash_of_another_kind_is_none_of_ours() {
    assertEquals(Optional.empty(), PasswordHash.parse("$2a$11$abcdefghijklmnopqrstuv"));
    assertEquals(Optional.empty(), PasswordHash.parse(""));
  }
}
