package io.posthouse.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.message.Envelope;
import io.posthouse.message.MailParameters;
import io.posthouse.message.MailParameters.Body;
import io.posthouse.message.Octets;
import io.posthouse.message.Recipient.Notify;
import io.posthouse.message.Samples;
import io.posthouse.smtp.ScriptedMx;
import io.posthouse.telemetry.MailEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every kind of message to hosts with every combination of what matters to it: it arrives octet by
/// octet, declared as this host understands it, or is returned for the right reason.
class AnnouncedIT {
  private static final List<String> EXTENSIONS =
      List.of("8BITMIME", "SMTPUTF8", "BINARYMIME", "CHUNKING", "DSN", "PIPELINING");
  private static final String CAROL = "carol@example.net";
  private static final String JURGEN = "jürgen@example.net";

  /// What a message is, and what carries it.
  enum Kind {
    PLAIN(Body.SEVEN_BIT, false, CAROL, "Subject: a\r\n\r\n.\r\n..x\r\n"),
    EIGHT_BIT(Body.EIGHT_BIT_MIME, false, CAROL, "Subject: a\r\n\r\nsmørrebrød\r\n"),
    DECLARED_EIGHT_BIT(Body.EIGHT_BIT_MIME, false, CAROL, "Subject: a\r\n\r\nbread\r\n"),
    UTF8_ADDRESS(Body.EIGHT_BIT_MIME, true, JURGEN, "Subject: a\r\n\r\nx\r\n"),
    UTF8_HEADER(Body.EIGHT_BIT_MIME, true, CAROL, "Subject: ä\r\n\r\nx\r\n"),
    DECLARED_UTF8(Body.SEVEN_BIT, true, CAROL, "Subject: a\r\n\r\nx\r\n"),
    BINARY(Body.BINARY_MIME, false, CAROL, "Subject: a\r\n\r\n\0\n\r.\r\n.\r\nopen"),
    DECLARED_BINARY(Body.BINARY_MIME, false, CAROL, "Subject: a\r\n\r\n.\r\ntext\r\n"),
    EIGHT_BIT_DECLARED_BINARY(Body.BINARY_MIME, false, CAROL, "Subject: a\r\n\r\nsmørrebrød\r\n");

    private final Body body;
    private final boolean utf8;
    private final String to;
    private final String content;

    Kind(Body body, boolean utf8, String to, String content) {
      this.body = body;
      this.utf8 = utf8;
      this.to = to;
      this.content = content;
    }

    Envelope message() {
      var parameters =
          new MailParameters(body, utf8, Optional.empty(), Optional.of("id-" + name()), false);
      var recipient = Samples.notifying(Samples.remote(to), Notify.SUCCESS);
      return Samples.declaring(parameters, Samples.message(Samples.text(content), recipient));
    }

    /// Why a host with these extensions cannot take it; empty where it can.
    String refusal(List<String> host) {
      var binary = host.contains("BINARYMIME") && host.contains("CHUNKING");
      return switch (this) {
        case PLAIN, DECLARED_EIGHT_BIT, DECLARED_UTF8, DECLARED_BINARY -> "";
        case EIGHT_BIT -> host.contains("8BITMIME") ? "" : "5.6.3";
        case UTF8_ADDRESS, UTF8_HEADER -> utf8Refusal(host);
        case BINARY -> binary ? "" : "5.6.3";
        case EIGHT_BIT_DECLARED_BINARY -> binary || host.contains("8BITMIME") ? "" : "5.6.3";
      };
    }

    private String utf8Refusal(List<String> host) {
      if (!host.contains("SMTPUTF8")) return "5.6.7";
      // RFC 6531 §3.1: SMTPUTF8 comes with 8BITMIME; a host that forgets it gets no 8-bit octets.
      return this == UTF8_ADDRESS || host.contains("8BITMIME") ? "" : "5.6.3";
    }

    /// What MAIL says beside the path and the DSN parameters.
    List<String> declared(List<String> host) {
      var binary = host.contains("BINARYMIME") && host.contains("CHUNKING");
      var said = new ArrayList<String>();
      if (body == Body.BINARY_MIME && binary) said.add("BODY=BINARYMIME");
      else if (body != Body.SEVEN_BIT && host.contains("8BITMIME")) said.add("BODY=8BITMIME");
      if (utf8 && host.contains("SMTPUTF8")) said.add("SMTPUTF8");
      return said;
    }
  }

  private final ScriptedMx mx = ScriptedMx.start();
  private final Worker worker =
      new Worker("delivery.port=" + mx.port(), "delivery.reuse.messages=1");

  @AfterEach
  void stop() {
    worker.close();
    mx.close();
  }

  @ParameterizedTest
  @EnumSource
  void a_message_is_carried_as_it_is_or_returned(Kind kind) {
    worker.dns.mx("example.net", 10, "mx.example.net").a("mx.example.net", "127.0.0.1");
    var combinations = 1 << EXTENSIONS.size();
    for (int i = 0; i < combinations; i++) check(kind, combination(i));
    System.out.println(combinations + " hosts for a message that is " + kind);
  }

  @Test
  void the_next_host_gets_what_the_first_could_not_carry() {
    worker.dns.mx("example.net", 10, "one.example.net").a("one.example.net", "127.0.0.2");
    worker.dns.mx("example.net", 20, "mx.example.net").a("mx.example.net", "127.0.0.1");
    try (var one = ScriptedMx.startAt("127.0.0.2", mx.port())) {
      announce(one, List.of("8BITMIME"));
      announce(mx, List.of("8BITMIME", "SMTPUTF8"));
      worker.deliver(Kind.UTF8_ADDRESS.message());
      assertEquals(0, one.messages().size());
    }
    assertEquals(1, mx.messages().size());
    assertEquals(List.of(), bounces());
  }

  @Test
  void a_message_over_the_limit_of_the_host_is_returned_unsent() {
    worker.dns.mx("example.net", 10, "mx.example.net").a("mx.example.net", "127.0.0.1");
    announce(mx, List.of("SIZE 20"));
    worker.deliver(Samples.message(Samples.CAROL));
    assertEquals("5.3.4", bounces().getFirst());
    assertTrue(mx.commands().stream().noneMatch(c -> c.startsWith("MAIL")));
  }

  @Test
  void what_requires_tls_is_returned_unsent() {
    worker.dns.mx("example.net", 10, "mx.example.net").a("mx.example.net", "127.0.0.1");
    announce(mx, List.of("8BITMIME", "REQUIRETLS"));
    var secret =
        new MailParameters(Body.SEVEN_BIT, false, Optional.empty(), Optional.empty(), true);
    worker.deliver(Samples.declaring(secret, Samples.message(Samples.CAROL)));
    assertEquals("5.7.30", bounces().getFirst());
    assertTrue(mx.commands().stream().noneMatch(c -> c.startsWith("MAIL")));
  }

  private void check(Kind kind, List<String> host) {
    mx.forget();
    announce(mx, host);
    var taken = mx.messages().size();
    var bounced = bounces().size();
    var message = kind.message();
    worker.deliver(message);
    var what = kind + " to a host with " + host;
    if (!kind.refusal(host).isEmpty()) {
      assertEquals(taken, mx.messages().size(), what);
      assertEquals(kind.refusal(host), bounces().get(bounced), what);
      return;
    }
    assertEquals(taken + 1, mx.messages().size(), what);
    var content = Octets.utf8("Received: from client.example.com\r\n" + kind.content);
    assertEquals(content, mx.messages().getLast().content(), what);
    assertEquals(declared(kind, host), parameters("MAIL"), what);
    var notify = host.contains("DSN") ? List.of("NOTIFY=SUCCESS") : List.of();
    assertEquals(notify, parameters("RCPT").stream().filter(p -> p.startsWith("NOT")).toList());
  }

  private static List<String> declared(Kind kind, List<String> host) {
    var declared = new ArrayList<>(kind.declared(host));
    if (host.contains("DSN")) declared.add("ENVID=id-" + kind);
    return declared;
  }

  private static void announce(ScriptedMx mx, List<String> extensions) {
    var lines = new ArrayList<>(List.of("250-mx.example.net"));
    extensions.forEach(extension -> lines.add("250-" + extension));
    lines.add("250 HELP");
    mx.on("EHLO", lines.toArray(String[]::new));
  }

  private static List<String> combination(int bits) {
    return IntStream.range(0, EXTENSIONS.size())
        .filter(i -> (bits >> i & 1) == 1)
        .mapToObj(EXTENSIONS::get)
        .toList();
  }

  /// Of the last command that began so.
  private List<String> parameters(String verb) {
    var last =
        mx.commands().stream().filter(c -> c.startsWith(verb)).reduce((_, c) -> c).orElseThrow();
    var words = last.split(" ");
    return List.of(words).subList(2, words.length);
  }

  /// Statuses of recipients at example.net, oldest first.
  private List<String> bounces() {
    return worker.events(MailEvent.Bounced.class).stream()
        .filter(e -> e.to().domain().name().equals("example.net"))
        .map(e -> e.evidence().status().toString())
        .toList();
  }
}
