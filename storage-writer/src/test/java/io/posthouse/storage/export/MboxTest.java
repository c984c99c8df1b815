package io.posthouse.storage.export;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MboxTest {
  private static final Instant RECEIVED = Instant.parse("2026-03-02T08:04:05Z");

  @TempDir private Path folder;

  @Test
  void a_message_has_a_from_line_its_flags_and_its_length() throws IOException {
    var flags = List.of("\\Seen", "\\Answered", "$Label1");
    var file = write(new Exported(1, "bob@example.net", RECEIVED, flags), "A: b\r\n\r\nFrom x\r\n");
    assertEquals(
        """
        From bob@example.net Mon Mar  2 08:04:05 2026
        Status: RO\r
        X-Status: A\r
        X-Keywords: $Label1\r
        X-Posthouse-Length: 0000000000000000016\r
        A: b\r
        \r
        >From x\r

        """,
        Files.readString(file, ISO_8859_1));
  }

  @Test
  void a_dsn_is_from_the_mailer_daemon_and_new_mail_is_old_but_unread() throws IOException {
    var text =
        Files.readString(write(new Exported(1, "", RECEIVED, List.of()), "A: b"), ISO_8859_1);
    assertEquals("From MAILER-DAEMON Mon Mar  2 08:04:05 2026", text.lines().findFirst().get());
    assertEquals("Status: O", text.lines().toList().get(1));
    assertEquals("A: b\n\n", text.substring(text.length() - 6));
  }

  @Test
  void whatever_a_message_is_it_comes_back_octet_by_octet() throws IOException {
    var seed = 4711;
    var random = new Random(seed);
    var pieces = List.of("\r\n", "\n", "\r", ">", "From ", "Fro", "F", "x", "é", "\0", "From \n");
    var messages = new ArrayList<String>();
    for (int i = 0; i < 500; i++) {
      var message = new StringBuilder();
      for (int n = random.nextInt(20); n > 0; n--)
        message.append(pieces.get(random.nextInt(pieces.size())));
      messages.add(message.toString());
    }
    var file = folder.resolve("mbox");
    try (var mbox = new Mbox(file)) {
      for (var message : messages) mbox.add(mail(), octets(message));
      mbox.finish();
    }
    assertEquals(messages, ReadMbox.messages(file), "seed " + seed);
  }

  @Test
  void a_message_that_cannot_be_read_leaves_no_trace() throws IOException {
    var file = folder.resolve("mbox");
    try (var mbox = new Mbox(file)) {
      mbox.add(mail(), octets("first"));
      assertThrows(
          IOException.class,
          () ->
              mbox.add(
                  mail(),
                  out -> {
                    out.write(new byte[100_000]);
                    throw new IOException("damaged");
                  }));
      mbox.add(mail(), octets("second"));
      mbox.finish();
    }
    assertEquals(List.of("first", "second"), ReadMbox.messages(file));
  }

  @Test
  void nothing_is_overwritten_and_nothing_unfinished_has_the_name() throws IOException {
    var file = folder.resolve("mbox");
    try (var mbox = new Mbox(file)) {
      mbox.add(mail(), octets("x"));
      assertThrows(FileAlreadyExistsException.class, () -> new Mbox(file).close());
    }
    assertFalse(Files.exists(file));
    Files.writeString(folder.resolve("there"), "mine");
    assertThrows(FileAlreadyExistsException.class, () -> new Mbox(folder.resolve("there")).close());
    assertEquals("mine", Files.readString(folder.resolve("there")));
  }

  private Path write(Exported mail, String message) throws IOException {
    var file = folder.resolve("mbox");
    try (var mbox = new Mbox(file)) {
      mbox.add(mail, octets(message));
      mbox.finish();
    }
    return file;
  }

  private static Exported mail() {
    return new Exported(1, "bob@example.net", RECEIVED, List.of());
  }

  private static MailExport.Octets octets(String message) {
    return out -> out.write(message.getBytes(ISO_8859_1));
  }
}
