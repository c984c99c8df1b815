package io.posthouse.ops.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
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

  private static EventLine accepted(String rest) {
    return EventLine.parse("{\"event\":\"accepted\"," + rest + "}").orElseThrow();
  }
}
