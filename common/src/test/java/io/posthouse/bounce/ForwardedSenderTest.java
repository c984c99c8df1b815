package io.posthouse.bounce;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.address.Domain;
import io.posthouse.address.MailAddress;
import io.posthouse.address.ReversePath;
import io.posthouse.config.Secret;
import io.posthouse.message.Destination;
import io.posthouse.message.Envelope;
import io.posthouse.message.Octets;
import io.posthouse.message.Recipient;
import io.posthouse.message.Samples;
import io.posthouse.outcome.Evidence.Observed;
import io.posthouse.smtp.EnhancedStatus;
import io.posthouse.srs.Srs;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A DSN about mail that we forwarded under a rewritten sender.
final class ForwardedSenderTest {
  private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
  private static final Domain OURS = new Domain("srs.example.test");
  private static final MailAddress SENDER = MailAddress.of("sender@example.com");

  private final Srs srs = new Srs(Secret.of("secret"), OURS);
  private final Reporter reporter = new Reporter("us.example.org", "worker-1", Optional.of(srs));

  @Test
  void the_sender_is_told_and_not_the_name_we_gave_it() {
    var rewritten = srs.forward(SENDER, NOW).orElseThrow();
    assertEquals(new Recipient(SENDER, new Destination.Remote(SENDER.domain())), told(rewritten));
  }

  @Test
  void what_somebody_else_rewrote_or_made_up_is_left_as_it_is() {
    var foreign = new Srs(Secret.of("other"), OURS).forward(SENDER, NOW).orElseThrow();
    assertEquals(foreign, told(foreign).address());
    var elsewhere =
        new Srs(Secret.of("secret"), new Domain("example.org")).forward(SENDER, NOW).orElseThrow();
    assertEquals(elsewhere, told(elsewhere).address());
  }

  private Recipient told(MailAddress sender) {
    var message = Samples.from(new ReversePath.Sender(sender), Samples.message(Samples.CAROL));
    var back = Optional.<Destination>of(new Destination.Remote(SENDER.domain()));
    var returned = message(message, back);
    var seen = new Observed(EnhancedStatus.of("5.1.1"), "no such user");
    var fates = List.<Fate>of(new Fate.Failed(Samples.CAROL, seen, NOW));
    var headers = Returned.headers(() -> Octets.utf8("Subject: x\r\n\r\n").input());
    var dsn = reporter.report(returned, fates, headers, NOW).orElseThrow();
    return dsn.envelope(Octets.EMPTY, Samples.text("")).recipients().getFirst();
  }

  private static Envelope message(Envelope e, Optional<Destination> returnTo) {
    return Envelope.accepted(
        e.queueId(),
        e.reversePath(),
        returnTo,
        e.recipients(),
        e.parameters(),
        e.client(),
        e.arrived(),
        e.trace(),
        e.content());
  }
}
