package io.posthouse.address;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthorsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          bob@example.net | bob@example.net
          Bob <bob@example.net> | bob@example.net
          <bob@example.net> (the one) | bob@example.net
          "Bob, <carol@example.net>" <bob@example.net> | bob@example.net
          (carol@example.net) bob@example.net | bob@example.net
          Bob <bob@example.net>, carol@example.net | bob@example.net carol@example.net
          We: bob@example.net, carol@example.net; | bob@example.net carol@example.net
          "bob by"@example.net | "bob by"@example.net
          "Bob \\" <x@y.z>" <bob@example.net> | bob@example.net
          =?utf-8?q?Bob?= <bob@example.net> | bob@example.net
          Bob | ``
          <> | ``
          """)
  void the_addresses_of_a_from_field(String field, String addresses) {
    assertEquals(addresses == null ? "" : addresses, read(field));
  }

  @Test
  void any_text_has_some_authors_or_none() {
    var seed = new Random().nextLong();
    var random = new Random(seed);
    var alphabet = "ab@.,:;<>()\"\\ é";
    for (int i = 0; i < 5000; i++) {
      var text =
          random
              .ints(random.nextInt(30), 0, alphabet.length())
              .mapToObj(at -> alphabet.substring(at, at + 1))
              .collect(Collectors.joining());
      assertEquals(read(text), read(text), "seed " + seed);
    }
  }

  private static String read(String field) {
    return Authors.in(field).stream().map(Object::toString).collect(Collectors.joining(" "));
  }
}
