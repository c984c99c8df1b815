package io.posthouse.delivery.attempt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.message.Recipient;
import io.posthouse.message.Samples;
import io.posthouse.outcome.DeliveryOutcome;
import io.posthouse.outcome.DeliveryOutcome.Deferred;
import io.posthouse.outcome.DeliveryOutcome.Failed;
import io.posthouse.outcome.Evidence.Observed;
import io.posthouse.outcome.Scope;
import io.posthouse.smtp.EnhancedStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutcomeLedgerTest {
  private static final Recipient CAROL = Samples.CAROL;
  private static final Recipient DAVE = Samples.DAVE;
  private static final DeliveryOutcome NOBODY = deferred("nobody");

  private final OutcomeLedger ledger = new OutcomeLedger(List.of(CAROL, DAVE));

  @Test
  void who_has_a_last_word_is_not_asked_for_again() {
    ledger.put(CAROL, new Judged(failed("no such user"), true));
    ledger.put(DAVE, new Judged(deferred("greylisted"), false));
    assertEquals(List.of(DAVE), ledger.open());
    assertFalse(ledger.isSettled());
  }

  @Test
  void a_last_word_stands_whatever_is_noted_later() {
    ledger.put(CAROL, new Judged(failed("no such user"), true));
    ledger.noteRest(deferred("down"));
    ledger.settleRest(deferred("later"));
    assertEquals(failed("no such user"), ledger.outcomes(NOBODY).get(CAROL));
    assertEquals(deferred("later"), ledger.outcomes(NOBODY).get(DAVE));
    assertTrue(ledger.isSettled());
  }

  @Test
  void the_latest_note_stands() {
    ledger.note(CAROL, deferred("first"));
    ledger.note(CAROL, deferred("second"));
    assertEquals(deferred("second"), ledger.outcomes(NOBODY).get(CAROL));
  }

  @Test
  void what_one_host_could_do_later_outweighs_what_another_could_never_do() {
    ledger.note(CAROL, deferred("down"));
    ledger.note(CAROL, failed("too big for me"));
    ledger.note(DAVE, failed("too big for me"));
    ledger.note(DAVE, deferred("down"));
    assertEquals(deferred("down"), ledger.outcomes(NOBODY).get(CAROL));
    assertEquals(deferred("down"), ledger.outcomes(NOBODY).get(DAVE));
  }

  @Test
  void nobody_is_forgotten() {
    assertEquals(List.of(NOBODY, NOBODY), List.copyOf(ledger.outcomes(NOBODY).values()));
    assertTrue(ledger.settled().isEmpty());
  }

  private static DeliveryOutcome deferred(String why) {
    return new Deferred(Scope.HOST, new Observed(EnhancedStatus.of("4.4.1"), why));
  }

  private static DeliveryOutcome failed(String why) {
    return new Failed(Scope.MESSAGE, new Observed(EnhancedStatus.of("5.3.4"), why));
  }
}
