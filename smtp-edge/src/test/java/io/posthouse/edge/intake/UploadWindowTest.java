package io.posthouse.edge.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UploadWindowTest {
  private final UploadWindow window = new UploadWindow(100);
  private final List<String> wentOn = new ArrayList<>();

  @Test
  void while_there_is_room_nobody_waits() {
    window.begin(99);
    assertTrue(window.isOpen(() -> wentOn.add("one")));
    window.end(99);
    assertEquals(List.of(), wentOn);
  }

  @Test
  void whoever_waits_goes_on_when_there_is_room_again_once() {
    window.begin(60);
    window.begin(60);
    Runnable one = () -> wentOn.add("one");
    assertFalse(window.isOpen(one));
    assertFalse(window.isOpen(one));
    assertFalse(window.isOpen(() -> wentOn.add("other")));
    window.end(60);
    assertEquals(List.of("one", "other"), wentOn);
    window.end(60);
    assertEquals(2, wentOn.size());
    assertEquals(0, window.underWay());
  }

  @Test
  void no_more_are_woken_than_there_is_room_for() {
    window.begin(100);
    for (int i = 0; i < 3; i++)
      window
          .open()
          .thenRun(() -> {
            window.begin(100);
            wentOn.add("sent");
          });
    assertEquals(0, wentOn.size());
    for (int i = 1; i <= 3; i++) {
      window.end(100);
      assertEquals(i, wentOn.size());
      assertEquals(100, window.underWay());
    }
  }
}
