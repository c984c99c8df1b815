package io.posthouse.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.vectors.Vectors;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/// Dialogues of another server's tests, on real sockets. Texts differ, and so do some codes of one
/// class, so classes are compared.
class DialogueVectorsIT {
  // It parses the header of what it takes; we take what clients send and leave the header to those
  // who filter.
  private static final Set<String> WE_TAKE_ANY_HEADER = Set.of("554 5.6.0 Error parsing message");

  private final TestEdge edge = new TestEdge("limits.message_size=1MiB");

  @Test
  void dialogues_go_as_with_the_other_server() {
    edge.directory.addUser("user@testserver");
    var dialogues = Vectors.list("smtp-protocol/dialogues.json", "dialogues");
    try (var started = edge.start()) {
      dialogues.forEach(dialogue -> play(started, dialogue));
    }
    System.out.printf("smtp-protocol/dialogues.json: %d dialogues%n", dialogues.size());
    assertEquals(11, dialogues.size());
  }

  private static void play(TestEdge started, Document dialogue) {
    var client = started.client("mx");
    var connections = 0;
    for (var step : dialogue.getList("steps", Document.class)) {
      if (step.containsKey("connect") && connections++ > 0) {
        client.close();
        client = started.client("mx");
      }
      step(client, step, dialogue.getString("id"));
    }
    client.close();
  }

  private static void step(SmtpClient client, Document step, String id) {
    if (step.containsKey("send")) client.send(octets(step.getString("send")));
    if (step.containsKey("send_parts")) client.send(octets(parts(step)));
    for (var key : List.of("expect_line", "expect_regex", "read_until")) {
      if (!step.containsKey(key)) continue;
      var expected = step.getString(key);
      var heard = client.reply().getLast();
      if (WE_TAKE_ANY_HEADER.contains(expected)) expected = "250";
      assertEquals(expected.charAt(0), heard.charAt(0), id + ": " + expected + ", heard " + heard);
    }
  }

  private static String parts(Document step) {
    var text = new StringBuilder();
    for (var part : step.getList("send_parts", Object.class))
      if (part instanceof List<?> pair && pair.get(1) instanceof Integer times)
        text.append(String.valueOf(pair.get(0)).repeat(times));
      else throw new AssertionError(part);
    return text.toString();
  }

  /// One character for each octet of its UTF-8.
  private static String octets(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
