package io.posthouse.storage.mailbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.address.MailAddress;
import io.posthouse.directory.AddressId;
import io.posthouse.message.Destination;
import io.posthouse.message.Envelope;
import io.posthouse.message.Octets;
import io.posthouse.message.Recipient;
import io.posthouse.message.Samples;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DeliveryTest {
  private static final Octets CONTENT = Octets.utf8("Subject: hello\r\n\r\nHello.\r\n");

  @Test
  void several_addresses_of_a_user_are_one_copy_that_names_the_first() throws IOException {
    var again =
        new Recipient(MailAddress.of("catch+all@example.test"), Samples.ALICE.destination());
    var copies = copies(Samples.message(again, Samples.ALICE, Samples.BOB));
    assertEquals(2, copies.size());
    assertTrue(head(copies.getFirst()).startsWith("Delivered-To: catch+all@example.test\r\n"));
    assertTrue(head(copies.getLast()).startsWith("Delivered-To: bob@example.test\r\n"));
  }

  @Test
  void an_address_that_is_forwarded_has_no_copy() throws IOException {
    var forwarded = new Destination.Forwarded(new AddressId("f".repeat(24)));
    var us = new Recipient(MailAddress.of("us@example.test"), forwarded);
    assertEquals(List.of(), copies(Samples.message(us)));
    assertEquals(1, copies(Samples.message(us, Samples.ALICE)).size());
  }

  private static List<Delivery> copies(Envelope envelope) throws IOException {
    return Delivery.of(envelope, CONTENT.input());
  }

  private static String head(Delivery delivery) {
    return new String(delivery.message().toArray(), StandardCharsets.UTF_8);
  }
}
