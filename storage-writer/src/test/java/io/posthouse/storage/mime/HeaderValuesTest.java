package io.posthouse.storage.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HeaderValuesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text/plain; charset=us-ascii | charset | us-ascii",
        "text/plain; charset=\"us-ascii\" (Plain text) | charset | us-ascii",
        "multipart/mixed; boundary=\"a; b=\\\"c\\\"\" | boundary | a; b=\"c\"",
        "Text/HTML; CharSet=utf-8 | charset | utf-8",
        "image/png; name=\"C:\\My Files\\a.png\" | name | C:\\My Files\\a.png",
        // RFC 2231 §3, §4, §4.1
        "message/external-body; access-type=URL; URL*0=\"ftp://\"; URL*1=\"cs.utk.edu\" | url | ftp://cs.utk.edu",
        "application/x-stuff; title*=us-ascii'en-us'This%20is%20%2A%2A%2Afun%2A%2A%2A | title | This is ***fun***",
        "attachment; filename*0*=utf-8''%e2%82%ac%20; filename*1=rates | filename | € rates",
      })
  void parameters_are_read_with_quotes_pieces_and_charsets(
      String value, String name, String expected) {
    assertEquals(Optional.of(expected), StructuredValue.parse(value).parameter(name));
  }

  @Test
  void a_parameter_of_many_pieces_takes_no_time_that_grows_with_their_square() {
    var parsed = StructuredValue.parse("a/b" + ";n*=12345".repeat(1 << 20));
    assertEquals(Optional.of("12345".repeat(1 << 20)), parsed.parameter("n"));
  }

  @ParameterizedTest
  @CsvSource({"text/plain, text, plain", "TEXT/Plain, text, plain", "text, text, ''", "'', '', ''"})
  void a_type_has_two_halves_or_one(String value, String type, String subtype) {
    var parsed = StructuredValue.parse(value);
    assertEquals(type, parsed.type());
    assertEquals(subtype, parsed.subtype());
    assertEquals(Map.of(), parsed.parameters());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // RFC 2047 §8
        "=?ISO-8859-1?Q?a?= =?ISO-8859-1?Q?b?= | ab",
        "(=?ISO-8859-1?Q?a?= b) | (a b)",
        "=?ISO-8859-1?Q?a_b?= | a b",
        "=?US-ASCII?Q?Keith_Moore?= <moore@cs.utk.edu> | Keith Moore <moore@cs.utk.edu>",
        "=?utf-8?B?w7xi?= x | üb x",
        "=?ISO-8859-1*de?Q?=FC?= | ü",
        "=?no-such-charset?Q?a?= | =?no-such-charset?Q?a?=",
        "=?utf-8?Q?=az?= | =az",
        "$1 \\ | $1 \\",
        // A character that is cut in two, and base 64 that ends in the middle.
        "=?utf-8?B?w7zD?= =?UTF-8?B?vA==?= | üü",
        "=?utf-8?q?=C3?= =?utf-8?b?vHg=?= y | üx y",
        "=?utf-8?B?YWI?= =?utf-8?B?Yw=?= | abc",
        "=?iso-8859-1?Q?=80?= =?utf-16?B?ZQA=?= | €e",
      })
  void words_in_other_charsets_are_decoded(String text, String expected) {
    assertEquals(expected, EncodedWords.decode(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Fri, 21 Nov 1997 09:55:06 -0600 | 1997-11-21T15:55:06Z",
        "Tue, 1 Jul 2003 10:52:37 +0200 (CEST) | 2003-07-01T08:52:37Z",
        "21 Nov 97 09:55:06 GMT | 1997-11-21T09:55:06Z",
        "Thu, 13 Feb 1969 23:32 -0330 | 1969-02-14T03:02:00Z",
        "Mon, 24 Aug 1998 10:00:00 EST | 1998-08-24T15:00:00Z",
        "Mon, 24 Aug 1998 10:00:00 JST | 1998-08-24T01:00:00Z",
        "Mon, 24 Aug 1998 00:19:00 (EDT) -0400 | 1998-08-24T04:19:00Z",
        "Mon, 24 Aug 1998 10:00:00 -1900 | 1998-08-25T05:00:00Z",
        "24 Aug 1998 12:29:13 AM | 1998-08-24T00:29:13Z",
        "24 Aug 1998 1:29 pm -0100 | 1998-08-24T14:29:00Z",
      })
  void dates_are_read_in_old_forms_too(String text, Instant expected) {
    assertEquals(Optional.of(expected), MailDate.parse(text));
  }

  @Test
  void a_date_that_is_none_is_none() {
    assertEquals(Optional.empty(), MailDate.parse("yesterday"));
    assertEquals(Optional.empty(), MailDate.parse("99 Foo 2003 10:52:37 +0200"));
    assertEquals(Optional.empty(), MailDate.parse("1 Jul 2003 10:52:37 +9999"));
  }

  @Test
  void an_address_has_its_name_before_or_after_it() {
    assertEquals(
        List.of(
            new Addresses.Mailbox("Bob, Jr.", "bob@example.net"),
            new Addresses.Mailbox("", "alice@example.net"),
            new Addresses.Mailbox("the boss", "carol@example.net")),
        Addresses.parse(
            "\"Bob, Jr.\" <bob@example.net>, alice@example.net, carol@example.net (the boss)"));
  }

  @Test
  void a_name_is_in_one_line_and_is_not_the_address_again() {
    assertEquals(
        List.of(
            new Addresses.Mailbox("", "bob@example.net"),
            new Addresses.Mailbox("Carol C.", "carol@example.net")),
        Addresses.parse("\"bob@example.net\" <bob@example.net>, Carol   C. <carol@example.net>"));
  }

  @Test
  void colons_within_an_address_take_no_time_that_grows_with_their_square() {
    var address = "a".repeat(1 << 20) + "@" + ":".repeat(1 << 20);
    assertEquals(List.of(new Addresses.Mailbox("", address)), Addresses.parse(address));
  }

  @Test
  void a_group_has_its_members() {
    assertEquals(
        List.of(
            new Addresses.Group(
                "Friends",
                List.of(
                    new Addresses.Mailbox("", "a@example.net"),
                    new Addresses.Mailbox("B", "b@example.net"))),
            new Addresses.Mailbox("", "c@example.net")),
        Addresses.parse("Friends: a@example.net, B <b@example.net>; c@example.net"));
    assertEquals(
        List.of(new Addresses.Group("undisclosed-recipients", List.of())),
        Addresses.parse("undisclosed-recipients:;"));
  }
}
