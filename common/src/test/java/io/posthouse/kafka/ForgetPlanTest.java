package io.posthouse.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.directive.Act;
import io.posthouse.directive.Directive;
import io.posthouse.directive.Directives;
import io.posthouse.directive.Orderings;
import io.posthouse.queue.Place;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ForgetPlanTest {
  private static final TopicPartition PARTITION = new TopicPartition("retry.1h", 0);

  /// Numbered 1, 2 and 3.
  private static final Directives THREE =
      Orderings.table(
          Orderings.directive(new Act.Hold()),
          Orderings.directive(new Act.Drop()),
          Orderings.directive(new Act.Release()));

  @Test
  void what_nobody_needs_may_go_save_the_last() {
    assertEquals(List.of("hold-1", "drop-1"), forgettable(THREE, List.of()));
    assertEquals(List.of(), ForgetPlan.forgettable(Directives.NONE, Orderings.AT, List.of()));
  }

  @Test
  void what_may_touch_a_message_stays() {
    assertEquals(List.of(), ForgetPlan.forgettable(THREE, Orderings.AT, List.of()));
    var later = Orderings.AT.plus(Duration.ofDays(2));
    var lasting =
        Orderings.table(
            Orderings.until(new Act.Hold(), later), Orderings.directive(new Act.Drop()));
    assertEquals(List.of(), forgettable(lasting, List.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "sweep1:3:10, 10, 20, hold-1 drop-1", // the first record came after all of them
    "sweep1:3:11, 10, 20, ''", // all have been done to the first record
    "sweep1:3:11, 20, 20, hold-1 drop-1", // no record is left
    "sweep1:2:10, 10, 20, hold-1 drop-1",
    "sweep1:1:10, 10, 20, hold-1", // the second is yet to be done
    "sweep1:1:10:3:10:20, 10, 20, hold-1",
    "sweep1:1:10:3:11:20, 10, 20, ''",
    "'', 10, 20, ''"
  })
  void what_a_partition_refers_to_stays(String note, long watermark, long end, String forgettable) {
    var part =
        new OwedSurvey.Open(
            Place.DEFERRED, PARTITION, CommitNote.at(watermark), SweepNote.parse(note), end);
    assertEquals(forgettable, String.join(" ", forgettable(THREE, List.of(part))));
  }

  @Test
  void what_undoes_another_goes_after_it() {
    var hold = Orderings.until(new Act.Hold(), Orderings.AT.plus(Duration.ofDays(30)));
    var undo = Orderings.directive(new Act.Undo(hold.id()));
    var last = Orderings.directive(new Act.Release());
    assertEquals(List.of(hold.id()), forgettable(Orderings.table(hold, undo, last), List.of()));
    assertEquals(List.of(undo.id()), forgettable(Orderings.table(undo, last), List.of()));
  }

  private static List<String> forgettable(Directives known, List<OwedSurvey.Open> swept) {
    return ForgetPlan.forgettable(known, Orderings.AT.plusSeconds(1), swept).stream()
        .map(Directive::id)
        .toList();
  }
}
