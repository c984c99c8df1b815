package io.posthouse.kafka;

import io.posthouse.address.Domain;
import io.posthouse.address.MailAddress;
import io.posthouse.address.ReversePath;
import io.posthouse.directory.UserId;
import io.posthouse.message.Client;
import io.posthouse.message.Content;
import io.posthouse.message.Destination;
import io.posthouse.message.Envelope;
import io.posthouse.message.MailParameters;
import io.posthouse.message.Octets;
import io.posthouse.message.QueueIds;
import io.posthouse.message.Recipient;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Small messages, each with a queue id of its own.
final class SampleMail {
  private static final QueueIds IDS = new QueueIds(InstantSource.system());

  private SampleMail() {}

  /// For `bob` at each of these domains.
  static Envelope to(String... domains) {
    return to(Stream.of(domains).map(SampleMail::remote).toList());
  }

  static Recipient remote(String domain) {
    return new Recipient(
        MailAddress.of("bob@" + domain), new Destination.Remote(new Domain(domain)));
  }

  static Recipient local(String name, int number) {
    var user = new UserId("%024x".formatted(number));
    return new Recipient(MailAddress.of(name + "@example.test"), new Destination.Local(user));
  }

  static Envelope to(List<Recipient> recipients) {
    return Envelope.accepted(
        IDS.next(),
        new ReversePath.Null(),
        Optional.empty(),
        recipients,
        MailParameters.NONE,
        new Client(
            InetAddress.getLoopbackAddress(),
            40000,
            "client.example",
            "ESMTP",
            "mx",
            "edge-1",
            Optional.empty()),
        InstantSource.system().instant(),
        Octets.utf8("Received: by edge-1\r\n"),
        new Content.Inline(Octets.utf8("Subject: sample\r\n\r\nHello.\r\n")));
  }
}
