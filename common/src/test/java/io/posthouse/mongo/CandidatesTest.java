package io.posthouse.mongo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.address.MailAddress;
import io.posthouse.mongo.DirectoryLookup.DomainKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CandidatesTest {
  private static final DomainKind OURS = new DomainKind.Ours();
  private static final DomainKind ALIAS = new DomainKind.AliasOf("t.example");
  private static final DomainKind FOREIGN = new DomainKind.Foreign();

  private static List<String> candidates(String address, DomainKind kind) {
    return Candidates.of(MailAddress.of(address), kind, Constants.DEFAULT);
  }

  @Test
  void the_very_address_comes_first_then_wildcards_the_longest_first() {
    assertEquals(
        List.of(
            "bob@d.example",
            "bob*@d.example",
            "*bob@d.example",
            "bo*@d.example",
            "*ob@d.example",
            "b*@d.example",
            "*b@d.example",
            "*@d.example",
            "bob@*"),
        candidates("bob@d.example", OURS));
  }

  @Test
  void an_alias_of_a_domain_brings_the_addresses_of_its_target_the_shortest_wildcard_first() {
    assertEquals(
        List.of(
            "bo@d.example",
            "bo@t.example",
            "bo*@d.example",
            "*bo@d.example",
            "b*@d.example",
            "*o@d.example",
            "*@d.example",
            "*@t.example",
            "*o@t.example",
            "b*@t.example",
            "*bo@t.example",
            "bo*@t.example",
            "bo@*"),
        candidates("bo@d.example", ALIAS));
  }

  @Test
  void a_name_at_every_domain_is_at_no_domain_of_others() {
    assertEquals(
        List.of("i@d.example", "i*@d.example", "*i@d.example", "*@d.example"),
        candidates("i@d.example", FOREIGN));
  }

  @ParameterizedTest
  @CsvSource({
    "Bob.By+news@D.example, bobby@d.example",
    "b.o.b+a+b@d.example, bob@d.example",
    "'\" bob \"@d.example', bob@d.example",
    "bu\u0308cher@d.example, b\u00fccher@d.example",
    "B\u00dcCHER@xn--bcher-kva.example, b\u00fccher@b\u00fccher.example",
    "+tag@d.example, @d.example"
  })
  void spellings_of_one_address_have_one_key(String address, String key) {
    assertEquals(key, candidates(address, OURS).getFirst());
  }

  @Test
  void an_asterisk_that_somebody_writes_to_us_stands_for_nothing() {
    assertEquals(List.of(), candidates("*@d.example", OURS));
    assertEquals(List.of(), candidates("bo*@d.example", ALIAS));
  }

  @Test
  void up_to_32_characters_stand_beside_the_asterisk() {
    var keys = candidates("abcdefghijklmnopqrstuvwxyz0123456789@d.example", OURS);
    assertTrue(keys.contains("abcdefghijklmnopqrstuvwxyz012345*@d.example"), keys::toString);
    assertFalse(keys.contains("abcdefghijklmnopqrstuvwxyz0123456*@d.example"), keys::toString);
    assertEquals(1 + 2 * 32 + 1 + 1, keys.size());
  }

  @Test
  void a_character_is_never_cut_in_two() {
    assertEquals(
        List.of(
            "\ud83d\ude00@d.example",
            "\ud83d\ude00*@d.example",
            "*\ud83d\ude00@d.example",
            "*@d.example"),
        candidates("\ud83d\ude00@d.example", FOREIGN));
  }
}
