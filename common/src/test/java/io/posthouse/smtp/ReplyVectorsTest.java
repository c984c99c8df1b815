package io.posthouse.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.smtp.DotStuffing.BareLineEnd;
import io.posthouse.smtp.ReplyParser.NotAReply;
import io.posthouse.vectors.Vectors;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/// What other clients read and write.
class ReplyVectorsTest {
  @Test
  void replies_are_read_as_another_parser_reads_them() throws NotAReply {
    var cases = Vectors.list("smtp-protocol/replies.json", "replies");
    for (var one : cases) {
      var reply = parse(one.getString("wire").split("\r\n"));
      assertEquals(one.getInteger("code"), reply.code(), one.getString("id"));
    }
    System.out.println(cases.size() + " replies of another parser's tests");
  }

  @Test
  void replies_of_real_servers_keep_their_code_and_status() throws NotAReply {
    var read = 0;
    for (var one : Vectors.list("smtp-protocol/real-replies.json", "replies")) {
      if (one.getInteger("code") == null) continue;
      var reply = parse(unfolded(one.getString("text")));
      assertEquals(one.getInteger("code"), reply.code());
      if (startsWithStatus(one))
        assertEquals(one.getString("enhanced"), reply.status().orElseThrow().toString());
      read++;
    }
    assertTrue(read > 0);
    System.out.println(read + " replies of real servers");
  }

  @Test
  void content_is_written_as_other_clients_write_it_or_not_at_all() throws IOException {
    var cases = Vectors.list("smtp-smuggling/data-stream.json", "write");
    for (var one : cases) {
      var message = one.getString("message");
      var wire = one.getString("wire");
      if (wire != null) assertEquals(wire, sent(message), one.getString("id"));
      else if (hasBareLineEnd(message))
        assertThrows(BareLineEnd.class, () -> sent(message), one.getString("id"));
      // What lacks only its last line end gets one: RFC 5321 §4.1.1.4.
      else assertEquals(sent(message + "\r\n"), sent(message), one.getString("id"));
    }
    System.out.println(cases.size() + " contents of another client's tests");
  }

  /// The lines of a reply were joined, so the first is the last.
  private static String unfolded(String text) {
    return text.charAt(3) == '-' ? text.substring(0, 3) + " " + text.substring(4) : text;
  }

  private static boolean startsWithStatus(Document one) {
    var enhanced = one.getString("enhanced");
    var text = one.getString("text");
    return enhanced != null
        && enhanced.charAt(0) == text.charAt(0)
        && text.startsWith(enhanced + " ", 4);
  }

  private static boolean hasBareLineEnd(String message) {
    var rest = message.replace("\r\n", "");
    return rest.contains("\r") || rest.contains("\n");
  }

  private static Reply parse(String... lines) throws NotAReply {
    var parser = new ReplyParser();
    for (var line : lines) {
      var reply = parser.line(line);
      if (reply.isPresent()) return reply.get();
    }
    throw new AssertionError("no end: " + String.join("|", lines));
  }

  private static String sent(String content) throws IOException {
    var wire = new ByteArrayOutputStream();
    var stuffing = new DotStuffing(wire);
    var octets = content.getBytes(StandardCharsets.ISO_8859_1);
    stuffing.write(octets, 0, octets.length);
    stuffing.end();
    return wire.toString(StandardCharsets.ISO_8859_1);
  }
}
