package io.posthouse.ops.endtoend;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.ops.cli.LocalPorts;
import io.posthouse.ops.testbed.Arrived;
import io.posthouse.ops.testbed.Eventually;
import io.posthouse.ops.testbed.SmtpClient;
import io.posthouse.ops.testbed.UpProcess;
import io.posthouse.vectors.Vectors;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.bson.Document;
import org.junit.jupiter.api.Test;

class CorpusIT {
  private static final int ENOUGH = 500;
  private static final Pattern QUEUE_ID = Pattern.compile("\\bid ([0-9a-hjkmnp-tv-z]{15})\\b");

  private final UpProcess up = UpProcess.shared();

  @Test
  void real_messages_come_out_of_the_mailbox_as_they_went_in() throws IOException {
    // A CR alone is refused, as smuggling might hide behind it.
    var messages =
        Vectors.list("corpus/index.json", "messages").stream()
            .filter(m -> m.get("eol", Document.class).getInteger("cr") == 0)
            .toList();
    var hans = "hans@example.test";
    assertEquals(0, up.run("user", "add", hans, "--password", "secret").exitCode());
    var sent = send(hans, messages);
    Eventually.holds("all are stored", () -> up.uids(hans).size() == sent.size());
    for (var uid : up.uids(hans)) {
      var raw = raw(hans, uid);
      var original = sent.remove(queueId(raw));
      assertNotNull(original, "stored twice, or not sent: " + queueId(raw));
      Arrived.intact(original, raw);
    }
    assertEquals(Set.of(), sent.keySet());
    System.out.printf("%d of %d real messages are intact%n", ENOUGH, messages.size());
  }

  private byte[] raw(String user, int uid) {
    var raw = up.run("mailbox", "raw", user, "--uid", String.valueOf(uid));
    assertEquals(0, raw.exitCode(), raw.errors());
    return raw.output().toArray();
  }

  /// Of the topmost trace line, which is ours.
  private static String queueId(byte[] raw) {
    var found = QUEUE_ID.matcher(new String(raw, ISO_8859_1));
    assertTrue(found.find());
    return found.group(1);
  }

  /// The messages by their queue ids.
  private Map<String, byte[]> send(String to, List<Document> messages) throws IOException {
    var sent = new HashMap<String, byte[]>();
    try (var client = new SmtpClient(up.at(LocalPorts.SMTP))) {
      for (var message : messages) {
        if (sent.size() == ENOUGH) break;
        var content = content(message.getString("file"));
        var reply = client.send("corpus@client.test", List.of(to), content);
        sent.put(SmtpClient.queueId(reply), content);
      }
    }
    return sent;
  }

  /// As a mail program would send it: the corpus has LF line ends, SMTP has CRLF, the last line's
  /// too.
  private static byte[] content(String file) throws IOException {
    var text = new String(Files.readAllBytes(Vectors.path("corpus/" + file)), ISO_8859_1);
    var ended = text.endsWith("\n") ? text : text + "\n";
    return ended.replaceAll("\r?\n", "\r\n").getBytes(ISO_8859_1);
  }
}
