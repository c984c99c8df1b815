package io.posthouse.edge;

import io.posthouse.address.Domain;
import io.posthouse.address.MailAddress;
import io.posthouse.config.ByteSize;
import io.posthouse.config.Form;
import io.posthouse.config.Network;
import io.posthouse.config.Settings;
import io.posthouse.edge.intake.ContentLimits;
import io.posthouse.edge.limits.FairUseSettings;
import io.posthouse.edge.limits.GreetingSettings;
import io.posthouse.edge.login.LoginSettings;
import io.posthouse.edge.policy.MailboxSettings;
import io.posthouse.edge.policy.SubmissionSettings;
import io.posthouse.edge.session.ListenerKind;
import io.posthouse.edge.session.Patience;
import io.posthouse.edge.wire.BareNewline;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// The section `edge` of the settings.
///
/// @param domains ours even if the directory does not list them
/// @param postmaster who reads the postmaster's mail of all our domains; where it is left out, the
///   user `postmaster` of the first of `domains`
/// @param relayNetworks whose hosts may send to anybody
/// @param threads event loops; 0 for one for each core
public record EdgeSettings(
    List<ListenerSettings> listeners,
    List<Domain> domains,
    Optional<MailAddress> postmaster,
    List<Network> relayNetworks,
    BareNewline bareNewline,
    Limits limits,
    GreetingSettings greeting,
    Timeouts timeouts,
    LoginSettings login,
    SubmissionSettings submission,
    MailboxSettings mailboxes,
    int threads) {
  private static final List<ListenerSettings> PORT_25 =
      List.of(new ListenerSettings("mx", "*", 25, ListenerKind.MX, TlsMode.STARTTLS));

  public EdgeSettings {
    listeners = List.copyOf(listeners);
    domains = List.copyOf(domains);
    relayNetworks = List.copyOf(relayNetworks);
    var names = new HashSet<String>();
    for (var listener : listeners) {
      if (!names.add(listener.name()))
        throw new IllegalArgumentException(
            "listener: " + listener.name() + " (expected: each name once)");
    }
  }

  public static EdgeSettings read(Settings in) {
    var listeners = in.sections("listeners", ListenerSettings::read);
    return new EdgeSettings(
        listeners.isEmpty() ? PORT_25 : listeners,
        in.about("domains that are ours even if the directory does not list them")
            .list("domains", Form.of("a domain", Domain::new), List.of()),
        in.about("who reads the postmaster's mail; postmaster of the first domain if left out")
            .optional("postmaster", Form.of("a mail address", MailAddress::of)),
        in.about("networks whose hosts may send to anybody").networks("relay_networks", List.of()),
        in.about("a message with a CR or LF outside of a CRLF is refused, or mended")
            .choice("bare_newline", BareNewline.class, BareNewline.REJECT),
        Limits.read(in.section("limits")),
        GreetingSettings.read(in.section("greeting")),
        Timeouts.read(in.section("timeouts")),
        LoginSettings.read(in.section("auth")),
        SubmissionSettings.read(in.section("submission")),
        MailboxSettings.read(in.section("mailboxes")),
        in.about("event loops; 0: one for each core").integer("threads", 0, 256, 0));
  }

  /// How much is taken from whom.
  ///
  /// @param memory octets of content held for clients and for messages on their way into Kafka;
  ///   above it nobody who brings content is read from
  /// @param uploads octets of chunks that may be on their way to the queue
  public record Limits(
      int connections,
      FairUseSettings fairUse,
      ContentLimits content,
      int recipients,
      Patience patience,
      ByteSize memory,
      ByteSize uploads) {
    static Limits read(Settings in) {
      var quarterOfHeap = ByteSize.mib(Runtime.getRuntime().maxMemory() / 4 / (1 << 20));
      return new Limits(
          in.about("sessions at a time").integer("connections", 1, 1_000_000, 20_000),
          FairUseSettings.read(in),
          ContentLimits.read(in),
          in.about("recipients of one message").integer("recipients", 100, 50_000, 1000),
          Patience.read(in),
          in.about(
                  "content in memory before clients have to wait; a quarter of the heap if left out")
              .size("memory", ByteSize.mib(4), ByteSize.mib(1 << 20), quarterOfHeap),
          in.about("chunks of long messages on their way to Kafka; less than kafka.sending.memory")
              .size("uploads", ByteSize.mib(1), ByteSize.mib(1024), ByteSize.mib(32)));
    }
  }

  /// How long we wait for a client.
  ///
  /// @param idle without a whole command, or an octet of content; RFC 5321 §4.5.3.2.7 asks for five
  ///   minutes
  /// @param transaction from MAIL to the end of the content
  /// @param slowest octets of content a second, on average, after the first minute
  /// @param session in all; ends it between messages
  /// @param idleInStress instead of `idle`, while sessions or memory run out
  public record Timeouts(
      Duration idle,
      Duration transaction,
      ByteSize slowest,
      Duration tls,
      Duration session,
      Duration idleInStress) {
    static Timeouts read(Settings in) {
      return new Timeouts(
          in.duration("idle", Duration.ofSeconds(1), Duration.ofHours(1), Duration.ofMinutes(5)),
          in.about("from MAIL to the end of the content")
              .duration(
                  "transaction",
                  Duration.ofSeconds(5),
                  Duration.ofHours(12),
                  Duration.ofMinutes(60)),
          in.about("octets of content a second, on average, after the first minute; 0: any")
              .size("slowest_content", new ByteSize(0), ByteSize.mib(1), new ByteSize(100)),
          in.about("for a TLS handshake")
              .duration(
                  "tls", Duration.ofSeconds(1), Duration.ofMinutes(5), Duration.ofSeconds(30)),
          in.about("a session in all, however busy; it ends between messages")
              .duration(
                  "session", Duration.ofSeconds(5), Duration.ofHours(48), Duration.ofHours(4)),
          in.about("instead of idle, while four fifths of the sessions or of the memory are taken")
              .duration(
                  "idle_in_stress",
                  Duration.ofSeconds(1),
                  Duration.ofMinutes(5),
                  Duration.ofSeconds(10)));
    }
  }
}
