package io.posthouse.ops.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireLinesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a line\r\n",
        "..dots\r\n...\r\n",
        "\r\n\r\n",
        "a CR alone \r and \r\r\n",
        "no end \n.\n, nor here \n.\r\n, nor \r\n.\r\r\n",
      })
  void content_ends_at_the_line_with_a_single_dot_and_nowhere_before(String content)
      throws IOException {
    var lines = lines(content + ".\r\nquit\r\n");
    lines.skipContent();
    assertEquals("QUIT", lines.verb());
  }

  @Test
  void commands_are_told_by_their_verb() throws IOException {
    var lines = lines("mail FROM:<a@b.test>\r\nRSET\r\n");
    assertEquals("MAIL", lines.verb());
    assertEquals("RSET", lines.verb());
    assertEquals("", lines.verb());
  }

  @Test
  void a_client_that_leaves_in_its_content_has_not_sent_it() {
    assertThrows(EOFException.class, () -> lines("half a mess").skipContent());
  }

  private static WireLines lines(String wire) {
    return new WireLines(new ByteArrayInputStream(wire.getBytes(StandardCharsets.US_ASCII)));
  }
}
