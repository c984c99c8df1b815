package io.posthouse.edge.wire;

import static io.posthouse.edge.wire.ContentDecoderTest.decode;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.vectors.Vectors;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Sequences that some hosts take for the end of a message, and others do not.
class SmugglingVectorsTest {
  @Test
  void only_the_real_end_ends_a_message() {
    var tested = 0;
    for (var sequence : Vectors.list("smtp-smuggling/end-of-data.json", "sequences")) {
      var odd = new String(HexFormat.of().parseHex(sequence.getString("hex")), ISO_8859_1);
      var first = "Subject: 1\r\n\r\nbody" + odd;
      var wire = first + "MAIL FROM:<x@y.example>\r\n\r\n.\r\n";
      for (var policy : BareNewline.values()) {
        var decoded = decode(policy, wire, new Random(7));
        var expected = sequence.getBoolean("terminates") ? first.length() : wire.length();
        assertEquals(expected, decoded.end(), sequence.getString("id"));
        tested++;
      }
    }
    System.out.printf("smtp-smuggling/end-of-data.json: %d cases%n", tested);
    assertTrue(tested >= 26);
  }

  @Test
  void content_is_read_as_other_hosts_read_it_or_refused() {
    var tested = 0;
    for (var one : Vectors.list("smtp-smuggling/data-stream.json", "read")) {
      var wire = one.getString("wire");
      var decoded = decode(BareNewline.REJECT, wire, new Random(7));
      switch (one.getString("result")) {
        case "message" -> {
          assertEquals(wire.length(), decoded.end(), wire);
          if (!decoded.bare()) assertEquals(one.getString("message"), decoded.content());
        }
        case "incomplete" -> assertEquals(-1, decoded.end(), wire);
        case "refuse-or-data" -> {
          assertEquals(wire.length(), decoded.end(), wire);
          assertTrue(decoded.bare(), wire);
        }
        default -> throw new AssertionError(one.toJson());
      }
      tested++;
    }
    System.out.printf("smtp-smuggling/data-stream.json: %d cases%n", tested);
    assertTrue(tested >= 22);
  }
}
