package io.posthouse.mongo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class FuseTest {
  private Instant now = Instant.EPOCH;
  private final Fuse fuse = new Fuse(() -> now, Duration.ofSeconds(1));

  @Test
  void while_all_is_well_everybody_may_ask() {
    assertTrue(fuse.admits());
    assertTrue(fuse.admits());
    assertEquals(Optional.empty(), fuse.trouble());
  }

  @Test
  void after_a_failure_nobody_asks_for_a_while() {
    fuse.failed("no server");
    assertFalse(fuse.admits());
    assertEquals(Optional.of("no server"), fuse.trouble());
  }

  @Test
  void after_the_pause_one_may_probe() {
    fuse.failed("no server");
    now = now.plusSeconds(1);
    assertTrue(fuse.admits());
    assertFalse(fuse.admits());
  }

  @Test
  void a_good_answer_opens_the_way_again() {
    fuse.failed("no server");
    fuse.succeeded();
    assertTrue(fuse.admits());
    assertEquals(Optional.empty(), fuse.trouble());
  }
}
