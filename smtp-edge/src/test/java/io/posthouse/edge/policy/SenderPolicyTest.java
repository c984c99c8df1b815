package io.posthouse.edge.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.posthouse.address.Domain;
import io.posthouse.address.MailAddress;
import io.posthouse.address.ReversePath;
import io.posthouse.directory.AddressId;
import io.posthouse.directory.Directory.Resolution;
import io.posthouse.directory.InMemoryDirectory;
import io.posthouse.edge.session.Origins;
import io.posthouse.edge.session.SenderVerdict;
import io.posthouse.message.Destination;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SenderPolicyTest {
  private final InMemoryDirectory directory = new InMemoryDirectory();
  private final SenderPolicy policy = new SenderPolicy(directory, SubmissionPolicyTest.unlimited());

  private SenderVerdict vet(String sender) {
    return policy.vet(new ReversePath.Sender(MailAddress.of(sender)), Origins.PLAIN);
  }

  private static SenderVerdict returnTo(Destination destination) {
    return new SenderVerdict.Welcome(Optional.of(destination));
  }

  @Test
  void a_dsn_goes_to_the_sender_s_mailbox_or_domain() {
    var alice = directory.addUser("alice@example.net");
    assertEquals(returnTo(new Destination.Local(alice)), vet("alice@example.net"));
    assertEquals(
        returnTo(new Destination.Remote(new Domain("example.org"))), vet("carol@example.org"));
  }

  @Test
  void a_dsn_to_an_address_that_is_forwarded_is_forwarded() {
    var us = new AddressId("f".repeat(24));
    directory.set("us@example.net", new Resolution.Forwarded(us, 2, 2000));
    assertEquals(returnTo(new Destination.Forwarded(us)), vet("us@example.net"));
  }

  @Test
  void a_full_mailbox_may_still_send() {
    var alice = directory.addUser("alice@example.net");
    directory.set("alice@example.net", new Resolution.OverQuota(alice));
    assertEquals(returnTo(new Destination.Local(alice)), vet("alice@example.net"));
  }

  @Test
  void nobody_is_told_where_there_is_nobody() {
    directory.addDomain("example.net");
    assertEquals(new SenderVerdict.Welcome(Optional.empty()), vet("robot@example.net"));
    assertEquals(
        new SenderVerdict.Welcome(Optional.empty()),
        policy.vet(new ReversePath.Null(), Origins.PLAIN));
  }

  @Test
  void a_directory_that_cannot_be_asked_means_later() {
    directory.breakDown("test");
    var refused = assertInstanceOf(SenderVerdict.Refused.class, vet("alice@example.net"));
    assertEquals(451, refused.refusal().reply().code());
    assertEquals(
        new SenderVerdict.Welcome(Optional.empty()),
        policy.vet(new ReversePath.Null(), Origins.PLAIN));
  }
}
