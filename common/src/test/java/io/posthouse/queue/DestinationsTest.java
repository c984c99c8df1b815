package io.posthouse.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.address.Domain;
import io.posthouse.address.MailAddress;
import io.posthouse.directory.AddressId;
import io.posthouse.directory.UserId;
import io.posthouse.message.Destination;
import io.posthouse.message.Recipient;
import io.posthouse.message.Samples;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Where a message goes, in the words of Kafka.
final class DestinationsTest {
  private static final String ID = "65e2f1a09b3c4d5e6f708192";
  private static final Topics TOPICS = new Topics("p.");

  static Stream<Arguments> destinations() {
    return Stream.of(
        Arguments.of(new Destination.Local(new UserId(ID)), "p.local", "p.local.due", ID),
        Arguments.of(new Destination.Forwarded(new AddressId(ID)), "p.local", "p.local.due", ID),
        Arguments.of(
            new Destination.Remote(new Domain("example.net")),
            "p.remote",
            "p.remote.due",
            "example.net"));
  }

  @ParameterizedTest
  @MethodSource("destinations")
  void each_destination_has_its_topics_and_a_key(
      Destination destination, String first, String due, String key) {
    var envelope = Samples.message(to("us@example.test", destination));
    assertEquals(first, TOPICS.first(envelope));
    assertEquals(due, TOPICS.due(destination));
    assertEquals(key, RecordKeys.of(envelope));
  }

  @Test
  void a_message_for_a_user_and_a_forwarded_address_is_split() {
    var envelope =
        Samples.message(
            Samples.ALICE, to("us@example.test", new Destination.Forwarded(new AddressId(ID))));
    assertEquals("p.split", TOPICS.first(envelope));
    assertEquals(envelope.queueId().text(), RecordKeys.of(envelope));
  }

  private static Recipient to(String address, Destination destination) {
    return new Recipient(MailAddress.of(address), destination);
  }
}
