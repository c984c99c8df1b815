package io.posthouse.delivery.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.address.Domain;
import io.posthouse.message.QueueId;
import io.posthouse.message.Samples;
import io.posthouse.node.InFlight;
import io.posthouse.node.Waiting;
import io.posthouse.outcome.MxHost;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class InHandTest {
  private static final Instant NOW = Instant.parse("2026-03-02T08:15:00Z");
  private static final Domain EXAMPLE = new Domain("example.net");
  private static final MxHost MX =
      new MxHost("mx.example.net", InetAddress.ofLiteral("192.0.2.1"), 25);

  private long nanos = Long.MAX_VALUE - 5; // A nano clock may overflow.
  private final InHand inHand = new InHand(() -> nanos);

  @Test
  void what_is_under_way_is_told_with_its_host_and_since_when() {
    var id = Samples.queueId();
    var message = inHand.begin(id, EXAMPLE);
    message.waits("mx.example.net:25", NOW);
    pass(4);
    message.goes("mx.example.net:25");
    pass(3);
    message.goesTo(MX);
    pass(9);
    assertEquals(
        List.of(
            new InFlight(
                id,
                "example.net",
                "mx.example.net:25",
                "mx.example.net[192.0.2.1]:25",
                NOW.minusSeconds(12))),
        inHand.work(NOW).inFlight().named());
    message.close();
    assertEquals(0, inHand.work(NOW).inFlight().all());
  }

  @Test
  void those_that_wait_at_a_site_go_in_the_order_in_which_they_were_ready() {
    var late = waiting("a:25", NOW.minusSeconds(1));
    var first = waiting("a:25", NOW.minusSeconds(9));
    var second = waiting("a:25", NOW.minusSeconds(9));
    var elsewhere = waiting("b:25", NOW);
    pass(2);
    var since = NOW.minusSeconds(2);
    assertEquals(
        List.of(
            new Waiting(first, "example.net", "a:25", 0, since),
            new Waiting(elsewhere, "example.net", "b:25", 0, since),
            new Waiting(second, "example.net", "a:25", 1, since),
            new Waiting(late, "example.net", "a:25", 2, since)),
        inHand.work(NOW).waiting().named());
  }

  @Test
  void a_message_whose_route_is_looked_up_is_under_way_and_knows_no_host() {
    var id = Samples.queueId();
    inHand.begin(id, EXAMPLE).goesTo(MX);
    var told = inHand.work(NOW).inFlight().named().getFirst();
    assertEquals("", told.site());
    assertEquals("mx.example.net[192.0.2.1]:25", told.to());
    inHand.begin(id, new Domain("example.org"));
    assertEquals(2, inHand.work(NOW).inFlight().all(), "each part of a message by itself");
  }

  @Test
  void who_waits_again_has_no_host_any_more() {
    var message = inHand.begin(Samples.queueId(), EXAMPLE);
    message.goes("a:25");
    message.goesTo(MX);
    message.waits("a:25", NOW);
    message.goesTo(MX);
    assertEquals(1, inHand.work(NOW).waiting().all());
    assertEquals(0, inHand.work(NOW).inFlight().all());
  }

  private QueueId waiting(String site, Instant ready) {
    var id = Samples.queueId();
    inHand.begin(id, EXAMPLE).waits(site, ready);
    return id;
  }

  private void pass(int seconds) {
    nanos += Duration.ofSeconds(seconds).toNanos();
  }
}
