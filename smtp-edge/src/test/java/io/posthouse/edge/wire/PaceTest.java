package io.posthouse.edge.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.address.ReversePath;
import io.posthouse.config.ByteSize;
import io.posthouse.edge.EdgeSettings.Timeouts;
import io.posthouse.edge.session.Origins;
import io.posthouse.edge.session.Peer;
import io.posthouse.edge.session.SessionState;
import io.posthouse.edge.session.Transaction;
import io.posthouse.message.MailParameters;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final Peer PEER =
      new Peer(Origins.PLAIN, "client.example.org", Peer.Dialect.ESMTP);
  private static final Transaction TRANSACTION =
      Transaction.begin(new ReversePath.Null(), Optional.empty(), MailParameters.NONE, List.of());
  private static final SessionState READY = new SessionState.Ready(PEER);
  private static final SessionState RECEIVING = new SessionState.Receiving(PEER, TRANSACTION);
  private static final SessionState HANDING_OVER = new SessionState.HandingOver(PEER, TRANSACTION);

  private long now;
  private boolean stress;
  private final Pace pace =
      new Pace(
          new Timeouts(
              Duration.ofMinutes(5),
              Duration.ofMinutes(10),
              new ByteSize(100),
              Duration.ofSeconds(30),
              Duration.ofHours(20),
              Duration.ofSeconds(10)),
          () -> stress,
          () -> now);

  /// What is said after `seconds`, in which the client sent `octets`.
  private Optional<String> after(int seconds, int octets, SessionState state, boolean weWait) {
    now += Duration.ofSeconds(seconds).toNanos();
    if (octets > 0) pace.heard(octets, state);
    return pace.look(state, weWait);
  }

  @Test
  void silence_is_borne_for_five_minutes() {
    assertEquals(Optional.empty(), after(299, 0, READY, false));
    assertEquals(Optional.of("Silent for too long"), after(2, 0, READY, false));
  }

  @Test
  void a_word_now_and_then_is_enough_between_messages() {
    for (int i = 0; i < 100; i++) assertEquals(Optional.empty(), said(250, READY));
  }

  @Test
  void octets_of_a_command_that_does_not_end_are_silence() {
    for (int i = 0; i < 29; i++) assertEquals(Optional.empty(), after(10, 1, READY, false));
    assertEquals(Optional.of("Silent for too long"), after(11, 1, READY, false));
  }

  @Test
  void under_stress_silence_is_borne_for_ten_seconds() {
    assertEquals(Optional.empty(), after(100, 0, READY, false));
    stress = true;
    assertEquals(Optional.of("Silent for too long"), after(1, 0, READY, false));
  }

  @Test
  void a_session_that_goes_on_for_too_long_ends_between_messages() {
    for (int i = 0; i < 20 * 60; i++) assertEquals(Optional.empty(), said(60, READY));
    assertEquals(Optional.empty(), after(1, 1000, RECEIVING, false));
    assertEquals(Optional.of("Session took too long"), said(1, READY));
  }

  private Optional<String> said(int seconds, SessionState state) {
    pace.understood();
    return after(seconds, 0, state, false);
  }

  @Test
  void while_we_are_asked_no_time_passes_for_the_client() {
    assertEquals(Optional.empty(), after(3000, 0, HANDING_OVER, false));
    assertEquals(Optional.empty(), after(299, 0, READY, false));
  }

  @Test
  void while_we_read_no_more_no_time_passes_for_the_client() {
    assertEquals(Optional.empty(), after(3000, 0, RECEIVING, true));
    assertEquals(Optional.empty(), after(50, 1, RECEIVING, false));
  }

  @Test
  void content_that_trickles_in_is_cut_off_after_a_minute() {
    assertEquals(Optional.empty(), after(50, 10, RECEIVING, false));
    assertEquals(Optional.of("Message comes too slowly"), after(20, 10, RECEIVING, false));
  }

  @Test
  void content_that_flows_may_take_as_long_as_the_transaction() {
    for (int i = 0; i < 10; i++) assertEquals(Optional.empty(), after(60, 6000, RECEIVING, false));
    assertEquals(Optional.of("Message took too long"), after(60, 6000, RECEIVING, false));
  }

  @Test
  void each_message_has_its_own_time() {
    for (int i = 0; i < 50; i++) {
      assertEquals(Optional.empty(), after(100, 100_000, RECEIVING, false));
      assertEquals(Optional.empty(), after(1, 100, READY, false));
    }
  }
}
