package io.posthouse.storage.mongo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.message.Octets;
import io.posthouse.storage.mime.LaidOut;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AttachmentEntryTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '!',
      value = {
        "Content-Disposition: attachment; filename=a.pdf | a.pdf",
        "Content-Disposition: attachment; filename*=utf-8''gr%C3%BC%C3%9Fe.pdf | grüße.pdf",
        "Content-Disposition: attachment; filename*0=long; filename*1=name.pdf | longname.pdf",
        "Content-Disposition: attachment; filename=\"=?utf-8?q?gr=C3=BC=C3=9Fe?=\" | grüße",
        "Content-Type: application/pdf; name=b.pdf | b.pdf",
        "Content-Type: application/pdf | ba7816bf.pdf",
        "Content-Type: message/rfc822 | ba7816bf.eml",
        "Content-Type: x/unheard-of | ba7816bf.bin",
        "Content-Type: image/png; name=\"\" | ba7816bf.png",
      })
  void a_file_has_the_name_it_was_given_or_one_made_of_what_it_holds(String header, String name) {
    var type = header.startsWith("Content-Type") ? "" : "Content-Type: application/pdf\r\n";
    assertEquals(name, entry(type + header + "\r\n\r\nabc").getString("filename"));
  }

  @Test
  void sizes_are_those_of_the_mail_and_of_the_file() {
    var head = "Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n";
    var entry = entry(head + ("YWJj".repeat(19) + "\r\n").repeat(100));
    assertEquals(7_800, entry.getInteger("size"));
    assertEquals(6, entry.getInteger("sizeKb"));
    assertEquals(44, entry.getString("fileContentHash").length());
  }

  @Test
  void where_it_belongs_is_kept() {
    var entry = entry("Content-Type: image/png\r\nContent-ID: <a@b>\r\n\r\nabc");
    assertEquals("<a@b>", entry.getString("cid"));
    assertEquals(false, entry.get("disposition"));
    assertEquals(false, entry.get("related"));
    var bare = entry("Content-Type: image/png\r\nContent-ID: a@b\r\n\r\nabc");
    assertEquals("<a@b>", bare.getString("cid"));
  }

  @Test
  void a_type_that_is_none_is_that_of_any_file() {
    assertEquals(
        "application/octet-stream", entry("Content-Type: ;\r\n\r\nabc").getString("contentType"));
  }

  @Test
  void files_of_a_message_within_the_message_are_files_of_the_message() {
    var inner = "Content-Type: image/png; name=a.png\r\nContent-ID: <a@b>\r\n\r\nabc";
    var tree =
        new TreeDocument(LaidOut.of(Octets.utf8("Content-Type: message/rfc822\r\n\r\n" + inner)));
    assertEquals(
        List.of("message/rfc822", "image/png"),
        tree.attachments().stream().map(entry -> entry.getString("contentType")).toList());
    assertEquals(Map.of("a@b", "ATT00002"), tree.contentIds());
    var within = tree.root().get("message", Document.class);
    assertEquals("ATT00002", within.getString("attachmentId"));
  }

  private static Document entry(String message) {
    return new TreeDocument(LaidOut.of(Octets.utf8(message))).attachments().getFirst();
  }
}
