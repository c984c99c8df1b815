package io.posthouse.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.kafka.DeletionPlan.Facts;
import io.posthouse.queue.RetrySchedule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeletionPlanTest {
  private static final TopicPartition REMOTE = new TopicPartition("remote", 0);
  private static final TopicPartition CONTENT = new TopicPartition("content", 0);

  @ParameterizedTest
  @CsvSource({
    // begin, end, window, fresh, done -> new begin
    "0, 100, 40, 90, 100, 40", // done with all: what is older than the window goes
    "0, 100, 40, 90, 95, 40", // something fresh is pending
    "40, 100, 40, 90, 100, 40", // it is gone already
    "0, 100, 100, 100, 100, 100", // nothing is within the window
    "0, 0, 0, 0, 0, 0", // nothing was ever here
    "50, 100, 40, 90, 100, 50" // the log begins within the window
  })
  void what_is_old_and_done_goes(
      long begin, long end, long window, long fresh, long done, long newBegin) {
    var facts = new Facts(REMOTE, begin, end, window, fresh, Optional.of(done));
    assertEquals(newBegin, facts.newBegin());
    var expected = newBegin > begin ? Map.of(REMOTE, newBegin) : Map.of();
    assertEquals(expected, DeletionPlan.newBegins(List.of(facts)));
  }

  @Test
  void content_goes_by_age_alone() {
    var content = new Facts(CONTENT, 0, 100, 40, 90, Optional.empty());
    assertEquals(Map.of(CONTENT, 40L), DeletionPlan.newBegins(List.of(content)));
  }

  @Test
  void nothing_goes_while_anything_waits_for_longer_than_it_may() {
    var content = new Facts(CONTENT, 0, 100, 40, 90, Optional.empty());
    var stuck = new Facts(REMOTE, 0, 100, 40, 90, Optional.of(89L));
    assertEquals(Map.of(), DeletionPlan.newBegins(List.of(content, stuck)));
    assertEquals(List.of(REMOTE), DeletionPlan.overdue(List.of(content, stuck)));
  }

  @Test
  void a_group_that_has_read_all_is_not_behind_however_old_that_is() {
    var quiet = new Facts(REMOTE, 0, 100, 100, 100, Optional.of(100L));
    assertEquals(List.of(), DeletionPlan.overdue(List.of(quiet)));
  }

  @Test
  void content_outlives_the_replay_window_and_the_longest_life_of_a_message() {
    var schedule = new RetrySchedule(List.of(Duration.ofHours(4)), Duration.ofDays(5));
    var settings = JanitorSettings.of(Duration.ofDays(2), schedule);
    assertEquals(Duration.ofDays(2 + 5 + 1).plusHours(4), settings.window());
    assertEquals(Duration.ofDays(1).plusHours(4), settings.patience());
  }
}
