package io.posthouse.storage.export;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MaildirTest {
  private static final Instant RECEIVED = Instant.ofEpochSecond(1_772_438_645);

  @TempDir private Path folder;

  @Test
  void each_message_is_a_file_of_its_octets_with_its_flags_in_the_name() throws IOException {
    try (var maildir = new Maildir(folder.resolve("mail"))) {
      maildir.add(mail(7, "\\Seen", "\\Flagged", "$Label1"), out -> out.write(octets("A: é\n\r")));
      maildir.finish();
    }
    var file = folder.resolve("mail/cur/1772438645.U7.posthouse,S=6:2,FS");
    assertEquals("A: é\n\r", Files.readString(file, ISO_8859_1));
    assertEquals(List.of(), names("mail/tmp"));
    assertEquals(List.of(), names("mail/new"));
  }

  @Test
  void a_message_that_cannot_be_read_leaves_no_trace() throws IOException {
    try (var maildir = new Maildir(folder)) {
      assertThrows(
          IOException.class,
          () ->
              maildir.add(
                  mail(1),
                  out -> {
                    out.write(octets("half"));
                    throw new IOException("damaged");
                  }));
      maildir.add(mail(1), out -> out.write(octets("whole")));
      maildir.finish();
    }
    assertEquals(List.of("1772438645.U1.posthouse,S=5:2,"), names("cur"));
    assertEquals(List.of(), names("tmp"));
  }

  @Test
  void a_folder_with_something_in_it_is_left_alone() throws IOException {
    Files.writeString(folder.resolve("mine"), "x");
    assertThrows(DirectoryNotEmptyException.class, () -> new Maildir(folder));
    assertEquals(List.of("mine"), names(""));
  }

  private List<String> names(String of) throws IOException {
    try (var files = Files.list(folder.resolve(of))) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static Exported mail(long uid, String... flags) {
    return new Exported(uid, "bob@example.net", RECEIVED, List.of(flags));
  }

  private static byte[] octets(String text) {
    return text.getBytes(ISO_8859_1);
  }
}
