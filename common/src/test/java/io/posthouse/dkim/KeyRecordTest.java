package io.posthouse.dkim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.posthouse.dkim.KeyRecord.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyRecordTest {
  @Test
  void a_new_key_is_found_by_its_record() {
    for (var key : List.of(NewKey.rsa(2048), NewKey.ed25519()))
      assertEquals(Verdict.OK, KeyRecord.check(signing(key), List.of(key.record())));
  }

  @Test
  void a_record_of_another_key_is_not_enough() {
    var key = signing(NewKey.ed25519());
    assertEquals(Verdict.ANOTHER_KEY, KeyRecord.check(key, List.of(NewKey.ed25519().record())));
    assertEquals(Verdict.ANOTHER_KEY, KeyRecord.check(key, List.of(NewKey.rsa(2048).record())));
  }

  @Test
  void nor_are_none_and_several() {
    var key = NewKey.ed25519();
    assertEquals(Verdict.MISSING, KeyRecord.check(signing(key), List.of()));
    assertEquals(
        Verdict.SEVERAL, KeyRecord.check(signing(key), List.of(key.record(), key.record())));
  }

  /// `$` is the key itself.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          k=ed25519; p=$                         | OK
          v=DKIM1 ; k = ed25519 ; p= $ ; n=note  | OK
          v=DKIM1; t=s; s=email; k=ed25519; p=$  | OK
          v=DKIM1; h=sha1:sha256;k=ed25519;p=$   | OK
          v=DKIM1; k=ed25519; p=                 | REVOKED
          v=DKIM1; k=ed25519                     | UNREADABLE
          v=DKIM1; k=ed25519; p=!!               | UNREADABLE
          v=DKIM1; k=ed25519; p=AAAA             | UNREADABLE
          v=DKIM1; k=ed25519; h=sha1; p=$        | UNREADABLE
          v=DKIM1; k=ed25519; s=web; p=$         | UNREADABLE
          v=DKIM2; k=ed25519; p=$                | UNREADABLE
          v=spf1 -all                            | UNREADABLE
          v=DKIM1; p=$                           | ANOTHER_KEY
          """)
  void records_are_read_as_verifiers_do(String record, Verdict verdict) {
    var key = NewKey.ed25519();
    var p = key.record().substring(key.record().lastIndexOf("p=") + 2);
    assertEquals(verdict, KeyRecord.check(signing(key), List.of(record.replace("$", p))));
  }

  @Test
  void short_keys_are_not_made_and_private_halves_not_shown() {
    assertThrows(IllegalArgumentException.class, () -> NewKey.rsa(1024));
    assertFalse(NewKey.ed25519().toString().contains("PRIVATE"));
  }

  private static SigningKey signing(NewKey key) {
    return new SigningKey("s", PrivateKeys.read(key.pem()));
  }
}
