package io.posthouse.message;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.address.MailAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OriginalRecipientTest {
  @ParameterizedTest
  @CsvSource({
    "rfc822;bob@example.net,                 rfc822, bob@example.net",
    "RFC822;carol+2Bx@example.net,           rfc822, carol+x@example.net",
    "rfc822;a+3Db+20c$\\d@example.net,       rfc822, a=b c$\\d@example.net",
    "'utf-8;j\\x{FC}rgen@example.net',       utf-8,  jürgen@example.net",
    "UTF-8;jürgen@example.net,               utf-8,  jürgen@example.net",
    "'utf-8;a\\x{2B}b\\x{1F600}@example.net', utf-8,  a+b😀@example.net",
    "'utf-8;\\x{FFFFFF}@example.net',        utf-8,  ?@example.net",
    "x400;/S=bob/,                           x400,   /S=bob/",
    "bob@example.net,                        rfc822, bob@example.net",
  })
  void an_orcpt_is_decoded_by_its_type(String orcpt, String type, String address) {
    assertEquals(new OriginalRecipient(type, address), OriginalRecipient.parse(orcpt));
  }

  @ParameterizedTest
  @CsvSource({
    "bob@example.net,      rfc822;bob@example.net",
    "bob+x=y@example.net,  rfc822;bob+2Bx+3Dy@example.net",
    "jürgen@example.net,   'utf-8;j\\x{FC}rgen@example.net'",
    "j+ü@example.net,      'utf-8;j\\x{2B}\\x{FC}@example.net'",
    "😀@example.net,       'utf-8;\\x{1F600}@example.net'",
  })
  void an_orcpt_is_ascii_whatever_the_address(String address, String orcpt) {
    var made = OriginalRecipient.of(MailAddress.of(address));
    assertEquals(orcpt, made.orcpt());
    assertEquals(made, OriginalRecipient.parse(made.orcpt()));
  }
}
