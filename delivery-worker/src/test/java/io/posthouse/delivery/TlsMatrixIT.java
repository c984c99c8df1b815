package io.posthouse.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.delivery.world.Behaviour;
import io.posthouse.delivery.world.World;
import io.posthouse.message.Samples;
import io.posthouse.pki.TestAuthority;
import io.posthouse.pki.TestAuthority.Span;
import io.posthouse.pki.TestIdentity;
import io.posthouse.telemetry.MailEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a host has to offer, and what the operator wants of it: whoever has too little gets
/// nothing, above all not in the clear; the next host gets it in the same attempt, and where there
/// is none, it waits. The table is printed.
class TlsMatrixIT {
  private static final TestAuthority TRUSTED = TestAuthority.named("Trusted");
  private static final String ONE = "127.0.1.1";
  private static final String TWO = "127.0.2.1";

  @TempDir private static Path folder;

  /// From the least to the most.
  enum Level {
    OPPORTUNISTIC,
    ENCRYPTED,
    VERIFIED
  }

  /// What the first host has, and the highest level that it satisfies.
  enum Offer {
    NO_STARTTLS(Level.OPPORTUNISTIC),
    REFUSED(Level.OPPORTUNISTIC),
    DROPPED(Level.OPPORTUNISTIC),
    ANSWERED_IN_THE_CLEAR(Level.OPPORTUNISTIC),
    WRONG_NAME(Level.ENCRYPTED),
    EXPIRED(Level.ENCRYPTED),
    UNKNOWN_AUTHORITY(Level.ENCRYPTED),
    GOOD_CERTIFICATE(Level.VERIFIED);

    private final Level satisfies;

    Offer(Level satisfies) {
      this.satisfies = satisfies;
    }

    void put(World world, String address, String name) {
      switch (this) {
        case NO_STARTTLS -> world.put(address, Behaviour.GOOD);
        case REFUSED -> world.put(address, Behaviour.STARTTLS_REFUSED);
        case DROPPED -> world.put(address, Behaviour.STARTTLS_DROPPED);
        case ANSWERED_IN_THE_CLEAR -> world.put(address, Behaviour.STARTTLS_IN_THE_CLEAR);
        case WRONG_NAME, EXPIRED, UNKNOWN_AUTHORITY, GOOD_CERTIFICATE ->
            world.put(address, Behaviour.GOOD).at(address).tls(identity(name).server());
      }
    }

    private TestIdentity identity(String name) {
      return switch (this) {
        case WRONG_NAME -> TRUSTED.issue("other.example.net");
        case EXPIRED -> TRUSTED.issue(Span.PAST, name);
        case UNKNOWN_AUTHORITY -> TestAuthority.named("Nobody").issue(name);
        case GOOD_CERTIFICATE -> TRUSTED.issue(name);
        case NO_STARTTLS, REFUSED, DROPPED, ANSWERED_IN_THE_CLEAR ->
            throw new IllegalStateException(this + " has no certificate");
      };
    }
  }

  @BeforeAll
  static void head() {
    TRUSTED.write(folder.resolve("trusted.pem"));
    System.out.println(
        "TLS: which host gets a message in one attempt, with a good second host and without (- for"
            + " a deferral)");
    System.out.printf("%-24s", "");
    for (var level : Level.values()) System.out.printf("%-16s", level);
    System.out.println();
  }

  @ParameterizedTest
  @EnumSource
  void whoever_offers_too_little_gets_nothing(Offer offer) {
    var cells = new ArrayList<String>();
    var expected = new ArrayList<String>();
    for (var level : Level.values()) {
      var enough = offer.satisfies.compareTo(level) >= 0;
      expected.add(enough ? "one, one" : "two, -");
      cells.add(taker(offer, level, true) + ", " + taker(offer, level, false));
    }
    System.out.printf("%-24s", offer);
    cells.forEach(cell -> System.out.printf("%-16s", cell));
    System.out.println();
    assertEquals(expected, cells);
  }

  private static String taker(Offer offer, Level level, boolean second) {
    try (var world = new World();
        var worker = new Worker(settings(world, level))) {
      World.announce(worker.dns, "example.net", 10, "one.example.net", ONE);
      offer.put(world, ONE, "one.example.net");
      if (second) {
        World.announce(worker.dns, "example.net", 20, "two.example.net", TWO);
        Offer.GOOD_CERTIFICATE.put(world, TWO, "two.example.net");
      }
      worker.deliver(Samples.message(Samples.CAROL));
      assertEquals(List.of(), worker.events(MailEvent.Bounced.class));
      if (world.at(ONE).messages().size() == 1) return "one";
      if (second && world.at(TWO).messages().size() == 1) return "two";
      assertEquals(1, worker.events(MailEvent.Deferred.class).size());
      return "-";
    }
  }

  private static String[] settings(World world, Level level) {
    return new String[] {
      "delivery.port=" + world.port(),
      "delivery.timeouts.greeting=20s",
      "delivery.timeouts.rcpt=20s",
      "delivery.timeouts.end=20s",
      "delivery.tls.default=" + level.name().toLowerCase(Locale.ROOT),
      "delivery.tls.authorities=" + folder.resolve("trusted.pem")
    };
  }
}
