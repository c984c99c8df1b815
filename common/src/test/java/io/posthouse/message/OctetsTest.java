package io.posthouse.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OctetsTest {
  private static final Octets PART = Octets.of(new byte[] {9, 1, 2, 3, 9}, 1, 3);

  @Test
  void the_same_octets_are_equal_wherever_they_lie() {
    var same = Octets.of(new byte[] {1, 2, 3});
    assertEquals(same, PART);
    assertEquals(same.hashCode(), PART.hashCode());
    assertNotEquals(Octets.of(new byte[] {1, 2}), PART);
    assertNotEquals(Octets.of(new byte[] {1, 2, 4}), PART);
    assertEquals(Octets.EMPTY, Octets.utf8(""));
  }

  @Test
  void every_way_to_read_them_gives_the_same() throws IOException {
    var expected = new byte[] {1, 2, 3};
    assertArrayEquals(expected, PART.toArray());
    assertArrayEquals(expected, PART.input().readAllBytes());
    var out = new ByteArrayOutputStream();
    PART.writeTo(out);
    assertArrayEquals(expected, out.toByteArray());
    var viewed = new byte[3];
    PART.buffer().get(viewed);
    assertArrayEquals(expected, viewed);
    assertEquals(3, PART.length());
  }

  @Test
  void nobody_changes_them() {
    PART.toArray()[0] = 7;
    assertEquals(1, PART.toArray()[0]);
    assertTrue(PART.buffer().isReadOnly());
  }

  @Test
  void they_are_counted_in_logs_and_never_shown() {
    assertEquals("6 octets", Octets.utf8("secret").toString());
  }

  @ParameterizedTest
  @CsvSource({"-1, 2", "0, -1", "0, 6", "5, 1", "2147483647, 1"})
  void a_part_is_within_its_array(int offset, int length) {
    assertThrows(IndexOutOfBoundsException.class, () -> Octets.of(new byte[5], offset, length));
  }
}
