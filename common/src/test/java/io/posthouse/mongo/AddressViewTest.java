package io.posthouse.mongo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.address.MailAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AddressViewTest {
  @ParameterizedTest
  @CsvSource({
    "bob@example.net, bob@example.net",
    "Bob.By+News@Example.NET, bobby@example.net",
    "a.b.c+d+e@example.net, abc@example.net",
    "bob@xn--bcher-kva.example, bob@bücher.example",
    "JÖRG@example.net, jörg@example.net",
    // The same name composed and decomposed (NFC).
    "jo\u0308rg@example.net, j\u00f6rg@example.net",
  })
  void the_key_of_an_address_is_wildducks(String address, String key) {
    assertEquals(key, AddressView.of(MailAddress.of(address)));
  }

  @Test
  void a_shown_address_keeps_its_dots() {
    assertEquals("bob.by@example.net", AddressView.shown(MailAddress.of("Bob.By@Example.net")));
  }

  @Test
  void a_user_name_may_be_an_address_or_not() {
    assertEquals("bobby@example.net", AddressView.ofUserName("Bob.By@example.net"));
    assertEquals("bobby", AddressView.ofUserName("Bob.By"));
  }
}
