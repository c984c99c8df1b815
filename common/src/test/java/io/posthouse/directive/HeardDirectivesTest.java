package io.posthouse.directive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.posthouse.message.Samples;
import io.posthouse.queue.QueueFilter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class HeardDirectivesTest {
  private static final int MANY = 10_000;
  private final HeardDirectives heard = new HeardDirectives();

  @Test
  void they_are_in_the_order_of_their_numbers_and_each_is_heard_once() {
    heard.hear(3, drop(3, Samples.ARRIVED));
    heard.hear(1, drop(1, Samples.ARRIVED));
    heard.hear(3, drop(4, Samples.ARRIVED));
    assertEquals(List.of(1L, 3L), numbers(heard.all().inOrder()));
    assertEquals(Optional.empty(), heard.all().find("drop-4"));
    assertEquals(3, heard.all().newest());
  }

  @Test
  void one_that_is_forgotten_touches_nothing() {
    heard.hear(1, drop(1, Orderings.AT));
    heard.hear(2, drop(2, Samples.ARRIVED.minusSeconds(1)));
    heard.forget("drop-1");
    heard.forget("drop-9");
    assertEquals(List.of(2L), numbers(heard.all().inOrder()));
    assertEquals(List.of(), heard.all().reaching(Samples.ARRIVED));
  }

  @Test
  void ten_thousand_are_put_in_order_once() {
    for (int n = 1; n <= MANY; n++) heard.hear(n, drop(n, Orderings.AT));
    var all = heard.all();
    assertEquals(MANY, all.inOrder().size());
    assertSame(all, heard.all());
    heard.hear(MANY, drop(MANY, Orderings.AT));
    assertSame(all, heard.all(), "nothing new");
  }

  @Test
  void of_ten_thousand_a_message_meets_those_that_are_not_over() {
    var end = Optional.of(Samples.ARRIVED.plus(Duration.ofDays(1)));
    for (int n = 1; n <= MANY; n++) {
      var at = Samples.ARRIVED.minusSeconds(MANY - n);
      heard.hear(n, n % 4_000 == 0 ? hold(n, at, end) : drop(n, at));
    }
    var arriving = Samples.ARRIVED.plusSeconds(1);
    assertEquals(List.of(4_000L, 8_000L), numbers(heard.all().reaching(arriving)));
    heard.hear(MANY + 1, undo("hold-4000"));
    assertEquals(List.of(8_000L), numbers(heard.all().reaching(arriving)));
    assertEquals(List.of(), heard.all().reaching(end.get().plusMillis(1)));
    var old = heard.all().reaching(Samples.ARRIVED.minusSeconds(MANY));
    assertEquals(LongStream.rangeClosed(1, MANY + 1).boxed().toList(), numbers(old));
  }

  private static List<Long> numbers(List<Directives.Numbered> some) {
    return some.stream().map(Directives.Numbered::number).toList();
  }

  private static Directive drop(int n, Instant at) {
    return directive("drop-" + n, new Act.Drop(), at, Optional.empty());
  }

  private static Directive hold(int n, Instant at, Optional<Instant> until) {
    return directive("hold-" + n, new Act.Hold(), at, until);
  }

  private static Directive undo(String id) {
    return directive("undo-1", new Act.Undo(id), Samples.ARRIVED, Optional.empty());
  }

  private static Directive directive(String id, Act act, Instant at, Optional<Instant> until) {
    return new Directive(id, act, QueueFilter.EVERYTHING, at, until, "", "olga");
  }
}
