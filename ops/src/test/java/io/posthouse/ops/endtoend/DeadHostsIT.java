package io.posthouse.ops.endtoend;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.ops.testbed.Eventually;
import io.posthouse.ops.testbed.MailLoad;
import io.posthouse.ops.testbed.Platform;
import io.posthouse.ops.testbed.Role;
import io.posthouse.ops.testbed.SampleMessage;
import io.posthouse.smtp.Blackhole;
import io.posthouse.smtp.ScriptedMx;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// A third of a load is for a host that is alive, a third for one that is dead over IPv6, a third
/// for one that is dead, and the delivery role is killed in the middle.
class DeadHostsIT {
  private static final Platform PLATFORM = Platform.shared();
  private static final List<String> DOMAINS = List.of("alive.test", "half.test", "dead.test");
  private static final String DEAD = "127.0.66.1";
  private static final int MESSAGES = 1_500;
  private static final int SESSIONS = 20;

  @Test
  void the_living_get_everything_while_the_dead_wait_and_the_dead_when_they_are_back() {
    var world = PLATFORM.world();
    PLATFORM.remoteDomain("alive.test");
    PLATFORM.dns().mx("half.test", 10, "mx.half.test");
    PLATFORM.dns().aaaa("mx.half.test", "::1").a("mx.half.test", "127.0.0.1");
    PLATFORM.dns().mx("dead.test", 10, "mx.dead.test").a("mx.dead.test", DEAD);
    try (var _ = Blackhole.at("::1", world.port());
        var load = new MailLoad(PLATFORM.smtp(), "dead", MESSAGES, DeadHostsIT::recipient)) {
      load.start(SESSIONS);
      Eventually.holds("some have arrived", () -> arrived(world, load).size() > MESSAGES / 6);
      PLATFORM.role(Role.DELIVER).kill();
      PLATFORM.role(Role.DELIVER).start();
      load.awaitSent();

      var living = acknowledged(load, "alive.test", "half.test");
      Eventually.holds("the living have theirs", () -> arrived(world, load).equals(living));
      try (var back = ScriptedMx.startAt(DEAD, world.port())) {
        var waiting = acknowledged(load, "dead.test");
        Eventually.holds("the dead have theirs", () -> arrived(back, load).equals(waiting));
        // What was deferred or delivered and not noted when the role died is repeated.
        var copies = copies(world, load).size() - living.size();
        var copiesOfTheDead = copies(back, load).size() - waiting.size();
        System.out.printf("kill -9: %d and %d copies too many%n", copies, copiesOfTheDead);
        assertTrue(copies + copiesOfTheDead <= Platform.UNNOTED);
      }
    }
  }

  private static String recipient(int number) {
    return "x" + number + "@" + DOMAINS.get(number % DOMAINS.size());
  }

  /// The ids of what was acknowledged for these domains.
  private static Set<String> acknowledged(MailLoad load, String... domains) {
    return load.acknowledged().stream()
        .filter(id -> List.of(domains).contains(domain(id)))
        .collect(Collectors.toSet());
  }

  private static String domain(String id) {
    var number = Integer.parseInt(id.substring(id.lastIndexOf('-') + 1));
    return DOMAINS.get(number % DOMAINS.size());
  }

  private static Set<String> arrived(ScriptedMx host, MailLoad load) {
    return new HashSet<>(copies(host, load));
  }

  private static List<String> copies(ScriptedMx host, MailLoad load) {
    return host.messages().stream()
        .flatMap(message -> SampleMessage.id(message.wire().toArray()).stream())
        .filter(load::isOurs)
        .toList();
  }
}
