package io.posthouse.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {
  @Test
  void names_and_values_are_decoded_and_a_plus_stays_a_plus() {
    assertEquals(
        Optional.of(new Query(Map.of("to", "j+ü@example.net", "a=b", "c=d", "e", ""))),
        Query.parse("to=j+%C3%BC@example.net&a%3Db=c=d&e"));
  }

  @Test
  void nothing_asks_for_nothing() {
    assertEquals(Optional.of(new Query(Map.of())), Query.parse(null));
    assertEquals(Optional.of(new Query(Map.of())), Query.parse(""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"to=%", "to=%4", "%zz=1"})
  void a_percent_sign_that_is_none_makes_no_query(String raw) {
    assertEquals(Optional.empty(), Query.parse(raw));
  }
}
