package io.posthouse.ops.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.message.Envelope;
import io.posthouse.message.NextHop;
import io.posthouse.message.Orders;
import io.posthouse.message.RecordPosition;
import io.posthouse.message.Samples;
import io.posthouse.message.SiteName;
import io.posthouse.node.Beats;
import io.posthouse.node.Nodes;
import io.posthouse.ops.cli.Format;
import io.posthouse.queue.Found;
import io.posthouse.queue.Place;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MessageCardTest {
  private static final Envelope MESSAGE = Samples.message(Samples.DAVE);

  @Test
  void what_was_put_aside_without_an_attempt_is_shown_what_is_in_the_way_at_its_site() {
    var text = shown(MESSAGE.to(new SiteName("mx1.example.net:25,mx2.example.net:25")));
    assertTrue(text.contains("\"attempts\":0,"), text);
    assertTrue(
        text.contains(
            "\"in_its_way\":[\"worker-1: site mx1.example.net:25,mx2.example.net:25: 20 of 20"
                + " busy, 11 wait, slowed down by too-fast until 2026-03-02T08:16:00Z\","
                + "\"worker-1: address mx2.example.net[2001:db8::2]:25 is open until"
                + " 2026-03-02T08:15:45Z: connection refused\"]"),
        text);
  }

  @Test
  void what_is_in_the_way_of_others_is_not_shown() {
    assertTrue(shown(MESSAGE).contains("\"in_its_way\":[]"), shown(MESSAGE));
    var elsewhere = shown(MESSAGE.to(new SiteName("mx.example.org:25")));
    assertTrue(elsewhere.contains("\"in_its_way\":[]"), elsewhere);
  }

  @Test
  void where_an_operator_sends_it_is_shown() {
    var elsewhere = NextHop.parse("mail.example.net:2525");
    var rerouted = MESSAGE.ordered(new Orders(7, elsewhere, Optional.empty()));
    assertTrue(shown(rerouted).contains("\"next_hop\":\"mail.example.net:2525\""), shown(rerouted));
    assertFalse(shown(MESSAGE).contains("next_hop"), shown(MESSAGE));
  }

  private static String shown(Envelope envelope) {
    var found =
        new Found.Owed(Place.DEFERRED, new RecordPosition("retry.1m", 0, 7), Beats.NOW, envelope);
    var nodes = new Nodes(List.of(Beats.worker("worker-1")), Beats.NOW);
    var out = new StringWriter();
    MessageCard.whole(found, envelope, "there", nodes, Beats.NOW)
        .print(new PrintWriter(out), Format.JSON);
    assertEquals(1, out.toString().lines().count());
    return out.toString();
  }
}
