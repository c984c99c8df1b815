package io.posthouse.ops.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.queue.PathPattern;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SoughtTest {
  @ParameterizedTest
  @CsvSource({
    "<1@h>, <1@h>, true",
    "1@h, <1@h>, true",
    "<1@h>, 1@h, true",
    "1@h, 1@h, true",
    "<1@h, <1@h, true",
    "1@h, <1@h, false",
    "<1@h>, <2@h>, false",
    "<>, 1@h, false"
  })
  void a_message_id_is_the_same_with_and_without_its_brackets(
      String sought, String came, boolean same) {
    var messageId = new Sought(Optional.of(sought), Optional.empty(), Optional.empty());
    assertEquals(same, messageId.matches(accepted("\"message_id\":\"" + came + "\"")));
  }

  @Test
  void what_names_fewer_recipients_than_it_has_may_be_for_anybody() {
    var bob = new Sought(Optional.empty(), path("ann@h"), path("bob@h"));
    assertTrue(bob.mayMatch(accepted("\"from\":\"ann@h\",\"to\":[\"carol@h\"],\"recipients\":2")));
    assertFalse(bob.mayMatch(accepted("\"from\":\"ann@h\",\"to\":[\"carol@h\"],\"recipients\":1")));
    assertFalse(bob.mayMatch(accepted("\"from\":\"ann@h\",\"to\":[\"carol@h\"]")));
    assertFalse(bob.mayMatch(accepted("\"from\":\"eve@h\",\"to\":[\"carol@h\"],\"recipients\":2")));
  }

  private static Optional<PathPattern> path(String text) {
    return PathPattern.parse(text);
  }

  private static EventLine accepted(String rest) {
    return EventLine.parse("{\"event\":\"accepted\"," + rest + "}").orElseThrow();
  }
}
