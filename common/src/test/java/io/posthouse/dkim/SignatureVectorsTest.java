package io.posthouse.dkim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.message.Octets;
import io.posthouse.vectors.Vectors;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/// What others have signed and made canonical, by many programs: our hashes are theirs.
class SignatureVectorsTest {
  @Test
  void the_canonical_form_of_each_message_is_that_of_others() throws IOException {
    var cases = Vectors.list("dkim/canon/cases.json", "cases");
    for (var one : cases) {
      // Blanks without a line end: they get one on their way, and then they count for nothing.
      if (read("dkim/" + one.getString("input")).endsWith(" ")) continue;
      for (var how : Canonicalization.values()) {
        var expected = read("dkim/" + one.getString(how.toString()));
        assertEquals(expected, canonical(read("dkim/" + one.getString("input")), how), one::toJson);
      }
    }
    assertTrue(cases.size() > 10);
  }

  @Test
  void every_good_signature_of_others_is_good_by_our_hashes() throws IOException {
    int signatures = 0;
    for (var one : Vectors.list("dkim/cases.json", "cases")) {
      var all = one.getList("signatures", Document.class);
      if (!isForUs(one, all)) continue;
      var message = read("dkim/" + one.getString("file")).getBytes(StandardCharsets.ISO_8859_1);
      var dns = one.get("dns", Document.class);
      assertEquals(
          all.stream().map(_ -> true).toList(),
          Verification.of(message, dns::getString),
          one.getString("id"));
      signatures += all.size();
    }
    assertTrue(signatures > 20, signatures + " signatures");
  }

  /// Those that are all good, and not by an algorithm that nobody should take any longer.
  private static boolean isForUs(Document one, List<Document> signatures) {
    return !signatures.isEmpty()
        && signatures.stream()
            .allMatch(s ->
                s.getList("expected", String.class).equals(List.of("pass"))
                    && !s.containsKey("legacy"))
        // Several records of one name are for verifiers to choose from.
        && one.get("dns", Document.class).values().stream().allMatch(String.class::isInstance);
  }

  private static String canonical(String message, Canonicalization how) {
    var out = new ByteArrayOutputStream();
    var end = message.startsWith("\r\n") ? 0 : message.indexOf("\r\n\r\n") + 2;
    var header = end == 1 ? message : message.substring(0, end);
    for (var field : fields(header)) how.write(field, out);
    out.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
    var body = new CanonicalBody(how, out::write);
    var octets = octets(message.substring(Math.min(message.length(), header.length() + 2)));
    body.take(octets, 0, octets.length);
    body.end();
    return out.toString(StandardCharsets.ISO_8859_1);
  }

  private static List<HeaderField> fields(String header) {
    var fields = new ArrayList<HeaderField>();
    for (var text : header.split("(?<=\r\n)(?![ \t])"))
      HeaderField.of(Octets.of(octets(text))).ifPresent(fields::add);
    return fields;
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String read(String file) throws IOException {
    return Files.readString(Vectors.path(file), StandardCharsets.ISO_8859_1)
        .replaceAll("(?<!\r)\n", "\r\n");
  }
}
