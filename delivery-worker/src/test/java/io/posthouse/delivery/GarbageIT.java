package io.posthouse.delivery;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.delivery.world.Babbler;
import io.posthouse.delivery.world.Babbler.End;
import io.posthouse.delivery.world.Babbler.Speech;
import io.posthouse.fuzz.Fuzz;
import io.posthouse.message.Octets;
import io.posthouse.message.Samples;
import io.posthouse.outcome.Evidence;
import io.posthouse.telemetry.MailEvent;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Hosts that say anything at all, and leave at any time: each recipient has one outcome, no fault
/// of ours shows, nobody waits longer than the time-outs, and a bounce takes a real 5xx to MAIL or
/// later.
class GarbageIT {
  private static final Pattern LAST_LINE_OF_REPLY =
      Pattern.compile("^([2-5][0-9]{2})(?:[ \\r]|$)", Pattern.MULTILINE);
  private static final int SILENT_ONE_IN = 20;

  private static final Fuzz HOSTS =
      new Fuzz(
          "host",
          Stream.of(
                  "220 mx ESMTP|250-mx|250-PIPELINING|250-SIZE 9999|250 8BITMIME|250 2.1.0 ok"
                      + "|250 2.1.5 ok|354 go|250 2.0.0 taken|221 bye|",
                  "220 mx|500 what?|250 mx|250 ok|250 ok|354 go|250 taken|",
                  "220-mx|220 still mx|250-mx|250-CHUNKING|250-BINARYMIME|250-DSN|250 STARTTLS"
                      + "|220 go|250 ok|250 ok|354 go|250 taken|",
                  "220 mx|250-mx|250 PIPELINING|250 ok|550 5.1.1 unknown|354 go|554 5.5.1 nobody|",
                  "220 mx|250 mx|250 ok|250 ok|354-go|354 go|552 5.3.4 too big|",
                  "554 5.7.1 go away|221 bye|",
                  "220 mx|250 mx|550-5.7.1 no|550 5.7.1 really not|221 bye|",
                  "220 mx|250 mx|250 ok|450 4.2.0 later|221 bye|",
                  "220 mx|250 mx|421 4.3.2 closing|")
              .map(dialogue -> dialogue.replace("|", "\r\n"))
              .toList());

  private final Babbler babbler = Babbler.start();
  private final Worker worker = new Worker(settings(babbler.port()));
  private final Map<String, Integer> counts = new TreeMap<>();
  private int hosts;

  @AfterEach
  void stop() {
    worker.close();
    babbler.close();
  }

  @Test
  void garbage_is_never_a_bounce_and_never_holds_us() {
    HOSTS.run(this::trial);
    System.out.println("garbage: " + counts);
  }

  @Test
  void what_the_dialogues_mean_before_they_are_changed() {
    var outcomes = new ArrayList<String>();
    for (var dialogue : HOSTS.seeds())
      outcomes.add(outcome(dialogue.getBytes(ISO_8859_1), End.HALF_CLOSE));
    assertEquals(
        "Delivered Delivered Deferred Bounced Bounced Deferred Bounced Deferred Deferred",
        String.join(" ", outcomes));
  }

  private void trial(byte[] octets, SplittableRandom random) {
    counts.merge(outcome(octets, end(random)), 1, Integer::sum);
  }

  private String outcome(byte[] octets, End end) {
    // Each at an address of its own, so that no breaker spares us one.
    var address = "127.%d.%d.1".formatted(1 + hosts / 256 % 250, hosts % 256);
    hosts++;
    babbler.say(InetAddress.ofLiteral(address), new Speech(Octets.of(octets), end));
    var to = Samples.remote("x@[" + address + "]");
    worker.events.clear();
    worker.deliver(Samples.message(to));
    assertEquals(List.of(), worker.events(MailEvent.Bug.class));
    return checked(octets);
  }

  private String checked(byte[] octets) {
    var outcomes = worker.events.stream().filter(GarbageIT::isOutcome).toList();
    assertEquals(1, outcomes.size(), outcomes::toString);
    var codes = codes(octets);
    var outcome = outcomes.getFirst();
    var right =
        switch (outcome) {
          case MailEvent.Delivered e -> says(codes, 5, e.evidence(), '2');
          case MailEvent.Bounced e -> isTooBig(e.evidence()) || says(codes, 2, e.evidence(), '5');
          case MailEvent _ -> true;
        };
    assertTrue(right, outcome::toString);
    return outcome.getClass().getSimpleName();
  }

  private static boolean isOutcome(MailEvent event) {
    return switch (event) {
      case MailEvent.Delivered _, MailEvent.Deferred _ -> true;
      // That of the DSN is no matter: its domain does not exist.
      case MailEvent.Bounced e -> e.to().domain().isLiteral();
      case MailEvent _ -> false;
    };
  }

  /// Whether the evidence is a reply that the host gave, and not before its reply number `from`.
  private static boolean says(List<String> codes, int from, Evidence evidence, char first) {
    return evidence instanceof Evidence.Replied(_, var reply)
        && Integer.toString(reply.code()).charAt(0) == first
        && codes.stream().skip(from).anyMatch(Integer.toString(reply.code())::equals);
  }

  /// A host may say, by SIZE, that it takes next to nothing.
  private static boolean isTooBig(Evidence evidence) {
    return evidence instanceof Evidence.Observed(var status, _)
        && status.toString().equals("5.3.4");
  }

  private static List<String> codes(byte[] octets) {
    return LAST_LINE_OF_REPLY
        .matcher(new String(octets, ISO_8859_1))
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  private static End end(SplittableRandom random) {
    if (random.nextInt(SILENT_ONE_IN) == 0) return End.SILENCE;
    return random.nextInt(SILENT_ONE_IN) == 0 ? End.RESET : End.HALF_CLOSE;
  }

  private static String[] settings(int port) {
    return Stream.concat(
            Stream.of("greeting", "ehlo", "mail", "rcpt", "data", "block", "end", "quit")
                .map(wait -> "delivery.timeouts." + wait + "=100ms"),
            Stream.of("delivery.port=" + port))
        .toArray(String[]::new);
  }
}
