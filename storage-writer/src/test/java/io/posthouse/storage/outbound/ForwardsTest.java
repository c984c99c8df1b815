package io.posthouse.storage.outbound;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.address.Domain;
import io.posthouse.address.MailAddress;
import io.posthouse.address.ReversePath;
import io.posthouse.config.Secret;
import io.posthouse.directory.AddressId;
import io.posthouse.directory.Directory;
import io.posthouse.directory.Directory.Resolution;
import io.posthouse.directory.UserId;
import io.posthouse.message.Content;
import io.posthouse.message.Destination;
import io.posthouse.message.Envelope;
import io.posthouse.message.Octets;
import io.posthouse.message.QueueId;
import io.posthouse.message.Recipient;
import io.posthouse.message.Recipient.Notify;
import io.posthouse.message.Samples;
import io.posthouse.queue.DurableQueue;
import io.posthouse.queue.DurableQueue.Closed;
import io.posthouse.queue.InMemoryMailQueue;
import io.posthouse.srs.Srs;
import io.posthouse.storage.mailbox.Placement.Target;
import io.posthouse.storage.outbound.Forwards.Around;
import io.posthouse.storage.outbound.Forwards.Terms;
import io.posthouse.tally.LocalTallies;
import io.posthouse.telemetry.ForwardResult;
import io.posthouse.telemetry.MailEvent;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ForwardsTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-03-02T08:14:07Z"));
  private static final MailAddress BOB = MailAddress.of("bob@example.test");
  private static final UserId USER = new UserId("65f0c0ffee65f0c0ffee0001");
  private static final Target ELSEWHERE = new Target("mail", "robert@example.net");
  private static final Terms LIMIT = new Terms("bob", 3, true);

  private final InMemoryMailQueue queue = new InMemoryMailQueue();
  private final Set<QueueId> sent = new HashSet<>();
  private final List<MailEvent> events = new ArrayList<>();
  private Directory directory = _ -> new Resolution.NotLocal();
  private final Forwards forwards = forwards(Optional.empty());

  @Test
  void a_message_goes_on_as_it_came_under_one_more_hop() throws IOException, Closed {
    var message = message("Subject: hello\r\n\r\nHi\r\n");
    forwards.send(message, ELSEWHERE, LIMIT);
    var forwarded = queue.envelopes("remote").getFirst();
    assertEquals(Octets.utf8("Subject: hello\r\n\r\nHi\r\n"), content(forwarded));
    assertEquals(message.envelope().reversePath(), forwarded.reversePath());
    assertEquals(message.envelope().returnTo(), forwarded.returnTo());
    assertEquals(
        List.of(
            new Recipient(
                MailAddress.of("robert@example.net"),
                new Destination.Remote(MailAddress.of("robert@example.net").domain()))),
        forwarded.recipients());
    var trace = new String(forwarded.trace().toArray(), US_ASCII);
    assertTrue(
        trace.startsWith(
            "Received: by us.example.org (Posthouse) id "
                + forwarded.queueId()
                + "\r\n\tfor <robert@example.net>; Mon, 2 Mar 2026 08:14:07 +0000\r\n"
                + "Delivered-To: bob@example.test\r\n"),
        trace);
    assertTrue(trace.endsWith("Received: from client.example.com\r\n"), trace);
  }

  @Test
  void long_content_is_put_where_the_record_can_refer_to_it() throws IOException, Closed {
    var text = "Subject: long\r\n\r\n" + "x".repeat(2_000_000);
    var message = new Passing(Samples.message(bob()), BOB, Octets.utf8(text));
    forwards.send(withoutTrace(message), ELSEWHERE, LIMIT);
    var forwarded = queue.envelopes("remote").getFirst();
    assertTrue(forwarded.content() instanceof Content.Chunked);
    assertEquals(text.length(), forwarded.content().size());
  }

  @Test
  void what_was_sent_is_not_sent_again_however_often_the_record_is_replayed()
      throws IOException, Closed {
    var message = message("Subject: hello\r\n\r\n");
    for (int i = 0; i < 3; i++) forwards.send(message, ELSEWHERE, LIMIT);
    assertEquals(1, queue.records("remote").size());
    assertEquals(1, events.size());
  }

  @Test
  void a_message_that_is_made_again_after_a_crash_has_the_same_id() throws IOException, Closed {
    var message = message("Subject: hello\r\n\r\n");
    forwards.send(message, ELSEWHERE, LIMIT);
    sent.clear();
    forwards.send(message, ELSEWHERE, LIMIT);
    var ids = queue.envelopes("remote").stream().map(Envelope::queueId).distinct().toList();
    assertEquals(List.of(Forwards.id(message.envelope().queueId(), BOB, ELSEWHERE)), ids);
  }

  @Test
  void each_target_has_a_message_of_its_own() throws IOException, Closed {
    var message = message("Subject: hello\r\n\r\n");
    forwards.send(message, ELSEWHERE, LIMIT);
    forwards.send(message, new Target("mail", "rob@example.com"), LIMIT);
    var ids = queue.envelopes("remote").stream().map(Envelope::queueId).distinct().toList();
    assertEquals(2, ids.size());
  }

  @Test
  void nobody_stays_nobody() throws IOException, Closed {
    var envelope = Samples.from(new ReversePath.Null(), Samples.message(bob()));
    var message = new Passing(envelope, BOB, envelope.trace());
    forwards.send(message, ELSEWHERE, LIMIT);
    var forwarded = queue.envelopes("remote").getFirst();
    assertEquals(new ReversePath.Null(), forwarded.reversePath());
    assertEquals(Optional.empty(), forwarded.returnTo());
  }

  @Test
  void a_sender_is_rewritten_for_other_hosts_and_for_nobody_else() throws IOException, Closed {
    var srs = new Srs(Secret.of("secret"), new Domain("srs.example.test"));
    var rewriting = forwards(Optional.of(srs));
    var message = message("A: b\r\n\r\n");
    rewriting.send(message, ELSEWHERE, LIMIT);
    var forwarded = queue.envelopes("remote").getFirst();
    var sender = forwarded.reversePath().sender().orElseThrow();
    assertEquals(
        new Srs.Reversed.Sender(MailAddress.of("sender@example.com")),
        srs.reverse(sender, CLOCK.instant()));
    assertEquals(message.envelope().returnTo(), forwarded.returnTo());

    directory = _ -> new Resolution.LocalUser(USER);
    rewriting.send(message("A: b\r\n\r\n"), ELSEWHERE, LIMIT);
    var local = queue.envelopes("local").getFirst();
    assertEquals(message.envelope().reversePath(), local.reversePath());
  }

  @Test
  void a_target_of_ours_is_reached_without_a_detour() throws IOException, Closed {
    directory = _ -> new Resolution.LocalUser(USER);
    forwards.send(message("A: b\r\n\r\n"), ELSEWHERE, LIMIT);
    var forwarded = queue.envelopes("local").getFirst();
    assertEquals(List.of(new Destination.Local(USER)), forwarded.destinations());
  }

  @Test
  void a_target_that_is_forwarded_in_turn_is_looked_up_when_it_gets_there()
      throws IOException, Closed {
    var address = new AddressId("65f0c0ffee65f0c0ffee0007");
    directory = _ -> new Resolution.Forwarded(address, 1, 10);
    forwards.send(message("A: b\r\n\r\n"), ELSEWHERE, LIMIT);
    var forwarded = queue.envelopes("local").getFirst();
    assertEquals(List.of(new Destination.Forwarded(address)), forwarded.destinations());
  }

  @ParameterizedTest
  @CsvSource({"bob@example.test, LOOP", "robert@example.net, LOOP", "carol@example.test, SENT"})
  void a_message_that_was_here_or_there_before_goes_no_further(
      MailAddress deliveredTo, ForwardResult result) throws IOException, Closed {
    forwards.send(message("Delivered-To: " + deliveredTo + "\r\n\r\n"), ELSEWHERE, LIMIT);
    assertEquals(result, result());
  }

  @Test
  void a_message_that_has_seen_too_many_hosts_goes_no_further() throws IOException, Closed {
    forwards.send(message("Received: from x\r\n".repeat(101) + "\r\n"), ELSEWHERE, LIMIT);
    assertEquals(ForwardResult.LOOP, result());
    assertEquals(0, queue.records("remote").size());
  }

  @Test
  void an_address_is_not_forwarded_to_itself() throws IOException, Closed {
    forwards.send(message("A: b\r\n\r\n"), new Target("mail", BOB.toString()), LIMIT);
    assertEquals(ForwardResult.LOOP, result());
  }

  @Test
  void more_than_the_limit_is_not_forwarded_and_said() throws IOException, Closed {
    for (int i = 0; i < 5; i++) forwards.send(message("A: b\r\n\r\n"), ELSEWHERE, LIMIT);
    assertEquals(3, queue.records("remote").size());
    assertEquals(ForwardResult.LIMIT, result());
  }

  @ParameterizedTest
  @CsvSource({"relay, smtp://mx.example.net:25", "http, https://example.net/hook", "mail, nobody"})
  void what_we_cannot_forward_to_is_said(String type, String value) throws IOException, Closed {
    forwards.send(message("A: b\r\n\r\n"), new Target(type, value), LIMIT);
    assertEquals(ForwardResult.UNSUPPORTED, result());
    assertEquals(0, queue.records("remote").size());
  }

  @Test
  void what_is_to_be_encrypted_does_not_go_on_in_the_clear() throws IOException, Closed {
    forwards.send(message("A: b\r\n\r\n"), ELSEWHERE, new Terms("bob", 3, false));
    assertEquals(ForwardResult.UNSUPPORTED, result());
    assertEquals(0, queue.records("remote").size());
  }

  @Test
  void a_target_that_nobody_has_any_more_is_said() throws IOException, Closed {
    directory = _ -> new Resolution.NoSuchUser();
    forwards.send(message("A: b\r\n\r\n"), ELSEWHERE, LIMIT);
    assertEquals(ForwardResult.REFUSED, result());
  }

  @Test
  void a_directory_that_does_not_answer_makes_it_wait() throws IOException, Closed {
    var message = message("A: b\r\n\r\n");
    directory = _ -> new Resolution.Unavailable("no server");
    assertThrows(IOException.class, () -> forwards.send(message, ELSEWHERE, LIMIT));
    assertEquals(List.of(), events);
    directory = _ -> new Resolution.NotLocal();
    forwards.send(message, ELSEWHERE, LIMIT);
    assertEquals(ForwardResult.SENT, result());
  }

  @Test
  void who_wants_to_hear_of_success_only_hears_nothing_of_a_forward() throws IOException, Closed {
    assertEquals(Set.of(Notify.NEVER), wishes(Notify.SUCCESS));
    assertEquals(Set.of(Notify.FAILURE), wishes(Notify.SUCCESS, Notify.FAILURE));
    assertEquals(Set.of(Notify.NEVER), wishes(Notify.NEVER));
    assertEquals(Set.of(), wishes());
  }

  private Set<Notify> wishes(Notify... notify) throws IOException, Closed {
    var to = Samples.notifying(bob(), notify);
    var envelope = Samples.message(to);
    forwards.send(
        new Passing(envelope, BOB, envelope.trace()), ELSEWHERE, new Terms("anybody", 100, true));
    return queue.envelopes("remote").getLast().recipients().getFirst().notifyOn();
  }

  private ForwardResult result() {
    return ((MailEvent.Forwarded) events.getLast()).result();
  }

  private static Recipient bob() {
    return new Recipient(BOB, new Destination.Local(USER));
  }

  private static Passing message(String content) {
    var envelope = Samples.message(Samples.text(content), bob());
    return new Passing(envelope, BOB, envelope.trace().then(Octets.utf8(content)));
  }

  private static Passing withoutTrace(Passing message) {
    return new Passing(
        message.envelope(), message.at(), message.envelope().trace().then(message.sent()));
  }

  private static Octets content(Envelope envelope) {
    return ((Content.Inline) envelope.content()).octets();
  }

  private Forwards forwards(Optional<Srs> srs) {
    return new Forwards(
        new Around(
            "us.example.org",
            "store-1",
            new DurableQueue(queue),
            address -> directory.resolve(address),
            new LocalTallies(CLOCK),
            log(),
            srs,
            events::add,
            CLOCK));
  }

  private SentLog log() {
    return new SentLog() {
      @Override
      public boolean isDone(QueueId made) {
        return sent.contains(made);
      }

      @Override
      public void done(QueueId made) {
        sent.add(made);
      }
    };
  }
}
