package io.posthouse.storage.text;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.message.Octets;
import io.posthouse.storage.mime.Message;
import io.posthouse.storage.mime.MimeParser;
import io.posthouse.vectors.Vectors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Real and nasty messages: whatever they hold is read, and pages say what jsoup reads in them.
final class RealTextVectorsTest {
  @ParameterizedTest
  @ValueSource(strings = {"corpus", "mime"})
  void every_message_is_read_into_characters_that_can_be_stored(String suite) throws IOException {
    for (var file : files(suite)) {
      var read = read(file);
      for (var text :
          List.of(read.text(), read.footer(), read.intro(), String.join("", read.html())))
        assertTrue(StandardCharsets.UTF_8.newEncoder().canEncode(text), file::toString);
      assertTrue(read.intro().length() <= 129, file::toString);
    }
  }

  @Test
  void pages_say_what_jsoup_reads_in_them() throws IOException {
    var differing = new ArrayList<Path>();
    for (var suite : List.of("corpus", "mime"))
      for (var file : files(suite))
        for (var page : read(file).html())
          if (!words(HtmlText.of(page, 1 << 20)).equals(words(body(page)))) differing.add(file);
    // One of some nine hundred is made to have tags where no two readers agree.
    assertTrue(differing.size() <= 1, differing::toString);
  }

  private static String body(String page) {
    var document = Jsoup.parse(page);
    document.select("title, template").remove();
    return document.text();
  }

  /// Letters and digits alone: asides and blanks are each reader's own.
  private static String words(String text) {
    return text.replaceAll("\\[[^\\]]*\\]", "").replaceAll("[^\\p{L}\\p{N}]", "");
  }

  private static MessageText read(Path file) throws IOException {
    var message = Message.of(Octets.of(Files.readAllBytes(file)));
    return MessageText.of(message, MimeParser.parse(message, MimeParser.Limits.DEFAULT), Map.of());
  }

  private static List<Path> files(String suite) {
    return Vectors.list(suite + "/index.json", "messages").stream()
        .map(message -> Vectors.path(suite).resolve(message.getString("file")))
        .toList();
  }
}
