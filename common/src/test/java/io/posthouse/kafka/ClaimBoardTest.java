package io.posthouse.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.kafka.ClaimBoard.Standing;
import io.posthouse.kafka.ClaimSheet.Claims;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ClaimBoardTest {
  private static final TopicPartition PARTITION = new TopicPartition("remote", 3);
  private static final Duration LEASE = Duration.ofSeconds(60);

  private final ClaimBoard board = new ClaimBoard("b/2", LEASE);

  @Test
  void what_nobody_claims_is_free() {
    assertEquals(Standing.FREE, standing(7, 700));
  }

  @Test
  void what_another_has_in_hand_is_claimed_until_it_is_done() {
    board.hear(sheet("a/1", marks(7, 700), Marks.NONE));
    assertEquals(Standing.CLAIMED, standing(7, 700));
    assertEquals(Standing.FREE, standing(8, 700));
    board.hear(sheet("a/1", Marks.NONE, marks(7, 700)));
    assertEquals(Standing.DONE, standing(7, 700));
  }

  @Test
  void our_own_claims_say_nothing_new() {
    board.hear(sheet("b/2", marks(7, 700), Marks.NONE));
    assertEquals(Standing.FREE, standing(7, 700));
  }

  @Test
  void a_claim_ends_when_its_member_has_been_silent_for_the_lease() {
    board.hear(sheet("a/1", marks(7, 700), Marks.NONE));
    board.silence(LEASE.minusSeconds(1));
    assertEquals(Standing.CLAIMED, standing(7, 700));
    board.silence(Duration.ofSeconds(1));
    assertEquals(Standing.FREE, standing(7, 700));
  }

  @Test
  void a_sign_of_life_renews_all_claims_of_a_member() {
    board.hear(sheet("a/1", marks(7, 700), Marks.NONE));
    board.silence(LEASE.minusSeconds(1));
    board.hear(sheet("a/1", marks(7, 700), Marks.NONE));
    board.silence(LEASE.minusSeconds(1));
    assertEquals(Standing.CLAIMED, standing(7, 700));
  }

  @Test
  void the_dead_are_still_believed_about_what_they_have_done() {
    board.hear(sheet("a/1", Marks.NONE, marks(7, 700)));
    board.silence(LEASE.multipliedBy(10));
    assertEquals(Standing.DONE, standing(7, 700));
  }

  @Test
  void one_who_is_done_outweighs_all_who_still_claim() {
    board.hear(sheet("a/1", marks(7, 700), Marks.NONE));
    board.hear(sheet("c/3", Marks.NONE, marks(7, 700)));
    assertEquals(Standing.DONE, standing(7, 700));
  }

  @Test
  void another_record_that_got_the_offset_of_one_the_log_has_lost_is_free() {
    board.hear(sheet("a/1", marks(7, 700), marks(8, 800)));
    assertEquals(Standing.FREE, standing(7, 701));
    assertEquals(Standing.FREE, standing(8, 801));
  }

  @Test
  void a_member_that_has_nothing_any_more_is_forgotten() {
    board.hear(sheet("a/1", marks(7, 700), marks(8, 800)));
    board.hear(new ClaimSheet("a/1", Map.of()));
    assertEquals(Standing.FREE, standing(7, 700));
    assertEquals(Standing.FREE, standing(8, 800));
  }

  private Standing standing(long offset, long written) {
    return board.standing(PARTITION, offset, written);
  }

  private static ClaimSheet sheet(String member, Marks open, Marks done) {
    return new ClaimSheet(member, Map.of(PARTITION, new Claims(open, done)));
  }

  private static Marks marks(long... offsetsAndTimes) {
    var marks = new HashMap<Long, Long>();
    for (int i = 0; i < offsetsAndTimes.length; i += 2)
      marks.put(offsetsAndTimes[i], offsetsAndTimes[i + 1]);
    return new Marks(marks);
  }
}
