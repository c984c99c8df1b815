package io.posthouse.dkim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.posthouse.message.Octets;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SignedFieldsTest {
  private final SignedFields fields =
      new SignedFields(List.of("From", "Subject", "Cc"), List.of("Sender", "List-*"));

  @Test
  void a_name_that_is_over_signed_is_listed_once_more_than_it_is_there() {
    assertEquals("from:from:subject:cc", names("From: a", "X-Mine: b"));
  }

  @Test
  void of_several_fields_of_a_name_the_last_is_hashed_first() {
    var selection = selection("Subject: 1", "From: a", "subject: 2");
    assertEquals(List.of("from", "from", "subject", "subject", "subject", "cc"), selection.names());
    assertEquals(
        List.of("From: a\r\n", "subject: 2\r\n", "Subject: 1\r\n"),
        selection.fields().stream().map(SignedFieldsTest::text).toList());
  }

  @Test
  void others_are_signed_where_they_are_and_their_absence_is_not() {
    assertEquals(
        "from:from:subject:cc:list-id:sender:list-unsubscribe",
        names("List-Id: l", "Sender: s", "From: a", "Received: r", "List-Unsubscribe: u"));
  }

  @Test
  void a_prefix_is_no_name() {
    assertEquals("from:from:subject:cc", names("From: a", "Lists: b", "Sender-Id: c"));
  }

  @Test
  void from_is_always_over_signed() {
    assertThrows(
        IllegalArgumentException.class, () -> new SignedFields(List.of("to"), List.of("from")));
  }

  @Test
  void what_hosts_on_the_way_change_is_not_signed() {
    for (var name : List.of("Received", "return-path", "DKIM-Signature", "*", "to:", ""))
      assertThrows(
          IllegalArgumentException.class,
          () -> new SignedFields(List.of("from"), List.of(name)),
          name);
    assertThrows(
        IllegalArgumentException.class,
        () -> new SignedFields(List.of("from", "list-*"), List.of()));
  }

  private String names(String... header) {
    return String.join(":", selection(header).names());
  }

  private SignedFields.Selection selection(String... header) {
    return fields.of(
        Stream.of(header)
            .map(line -> HeaderField.of(Octets.utf8(line + "\r\n")).orElseThrow())
            .toList());
  }

  private static String text(HeaderField field) {
    return new String(field.octets().toArray(), StandardCharsets.UTF_8);
  }
}
