package io.posthouse.mongo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.address.MailAddress;
import io.posthouse.directory.ForwardTarget;
import io.posthouse.directory.UserChange;
import io.posthouse.directory.UserChange.Limit.Kind;
import io.posthouse.embedded.TestMongo;
import io.posthouse.mongo.MongoProfiles.Answer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class MongoProfilesIT {
  private static final String BOB = "bob@example.net";
  private static final String KEY =
      "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nAAAA\n-----END PGP PUBLIC KEY BLOCK-----";

  private final Mongo mongo =
      Mongo.connect(TestMongo.shared().uri(), TestMongo.shared().freshDatabase(getClass()));
  private final MongoProfiles profiles = new MongoProfiles(mongo);

  @BeforeEach
  void addBob() throws MongoDown {
    new MongoUsers(mongo).create(MailAddress.of(BOB), "secret", 1 << 20);
  }

  @AfterEach
  void close() {
    mongo.close();
  }

  @Test
  void a_new_user_has_nothing_special() throws MongoDown {
    var bob = profiles.find(BOB).orElseThrow();
    assertEquals(List.of(BOB), bob.addresses());
    assertEquals(1 << 20, bob.user().quota());
    assertEquals(50, bob.spamLevel());
    assertFalse(bob.user().disabled() || bob.suspended() || bob.encrypts() || bob.hasKey());
    assertEquals(List.of(), bob.targets());
  }

  @Test
  void every_change_is_seen() throws MongoDown {
    var targets = List.of(ForwardTarget.of("carol@example.org"));
    var changes =
        List.of(
            new UserChange.Name("Bob By"),
            new UserChange.Quota(7_000_000_000L),
            new UserChange.Disabled(true),
            new UserChange.Suspended(true),
            new UserChange.SpamLevel(80),
            new UserChange.Limit(Kind.RECIPIENTS, 1),
            new UserChange.Limit(Kind.FORWARDS, 2),
            new UserChange.Limit(Kind.RECEIVED, 3),
            new UserChange.Targets(targets),
            new UserChange.Tags(List.of("Staff", "staff")),
            new UserChange.PublicKey(KEY),
            new UserChange.Encryption(true));
    assertEquals(new Answer.Changed(), profiles.change(BOB, changes));
    var bob = profiles.find(BOB).orElseThrow();
    assertEquals("Bob By", bob.called());
    assertEquals(7_000_000_000L, bob.user().quota());
    assertTrue(bob.user().disabled() && bob.suspended() && bob.encrypts() && bob.hasKey());
    assertEquals(80, bob.spamLevel());
    assertEquals(List.of(1L, 2L, 3L), List.of(bob.recipients(), bob.forwards(), bob.receivedMax()));
    assertEquals(targets, bob.targets());
    assertEquals(List.of("Staff", "staff"), bob.tags());
  }

  @Test
  void nothing_is_encrypted_without_a_key() throws MongoDown {
    var changes = List.of(new UserChange.Name("Bob"), new UserChange.Encryption(true));
    assertEquals(new Answer.NoKey(), profiles.change(BOB, changes));
    assertEquals("", profiles.find(BOB).orElseThrow().called());
    profiles.change(BOB, List.of(new UserChange.PublicKey(KEY)));
    assertEquals(new Answer.Changed(), profiles.change(BOB, changes));
  }

  @Test
  void a_user_is_found_by_id_too() throws MongoDown {
    var id = profiles.find(BOB).orElseThrow().user().id().hex();
    assertEquals(BOB, profiles.find(id).orElseThrow().user().name());
    assertTrue(profiles.find("0123456789abcdef01234567").isEmpty());
    assertEquals(
        new Answer.NoSuchUser(),
        profiles.change("eve@example.net", List.of(new UserChange.Name("Eve"))));
  }

  @Test
  void what_makes_no_sense_is_refused() {
    assertThrows(IllegalArgumentException.class, () -> new UserChange.SpamLevel(101));
    assertThrows(IllegalArgumentException.class, () -> new UserChange.Quota(-1));
    assertThrows(IllegalArgumentException.class, () -> new UserChange.Limit(Kind.FORWARDS, -1));
    assertThrows(IllegalArgumentException.class, () -> new UserChange.PublicKey("none"));
  }
}
