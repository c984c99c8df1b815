package io.posthouse.delivery.sts;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.posthouse.address.Domain;
import io.posthouse.delivery.sts.PolicyHosts.Fetched;
import io.posthouse.delivery.sts.StsPolicies.Standing;
import io.posthouse.dns.Answer;
import io.posthouse.telemetry.TlsFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class StsPoliciesTest {
  private static final Domain EXAMPLE = new Domain("example.net");
  private static final Fetched DOWN =
      new Fetched.Failure(TlsFailure.STS_POLICY_FETCH_ERROR, "nobody there");

  private final Texts dns = new Texts();
  private final CachedPolicies memory = new CachedPolicies();
  private final List<Domain> fetched = new CopyOnWriteArrayList<>();
  private final List<Fetch> results = new CopyOnWriteArrayList<>();
  private volatile PolicyHosts host = _ -> policy("enforce", 86_400);
  private volatile Instant now = Instant.parse("2026-03-02T08:14:10Z");
  private final StsPolicies policies =
      new StsPolicies(
          dns,
          domain -> {
            fetched.add(domain);
            return host.fetch(domain);
          },
          memory,
          (_, result, _) -> results.add(result),
          () -> now,
          Duration.ofSeconds(30));

  @Test
  void a_domain_that_announces_nothing_has_no_policy_and_no_host_is_asked() {
    assertEquals("none", standing());
    assertEquals(List.of(), fetched);
  }

  @Test
  void a_policy_is_fetched_once_and_kept() {
    announce("1");
    assertEquals("ENFORCE", standing());
    assertEquals("ENFORCE", standing());
    assertEquals(List.of(EXAMPLE), fetched);
  }

  @Test
  void a_new_id_says_that_there_is_a_new_policy() {
    announce("1");
    standing();
    announce("2");
    host = _ -> policy("testing", 86_400);
    assertEquals("TESTING", standing());
    assertEquals(2, fetched.size());
  }

  @Test
  void a_domain_takes_its_policy_back_by_one_that_says_nothing() {
    announce("1");
    standing();
    announce("2");
    host = _ -> new Fetched.Text("version: STSv1\nmode: none\nmax_age: 60\n");
    assertEquals("NONE", standing());
  }

  @Test
  void whatever_becomes_of_the_announcement_a_policy_holds_until_it_is_over() {
    announce("1");
    standing();
    host = _ -> DOWN;
    dns.say(new Answer.NoSuchName<>());
    later(Duration.ofHours(23));
    assertEquals("ENFORCE", standing());
    dns.say(new Answer.Unanswered<>("SERVFAIL"));
    assertEquals("ENFORCE", standing());
    later(Duration.ofHours(1));
    assertEquals("none", standing());
  }

  @Test
  void a_policy_host_that_is_down_takes_nothing_away() {
    announce("1");
    standing();
    announce("2");
    host = _ -> DOWN;
    assertEquals("ENFORCE", standing());
    assertEquals(List.of(Fetch.FETCHED, Fetch.FAILED), results);
  }

  @Test
  void a_text_that_is_no_policy_takes_nothing_away() {
    announce("1");
    standing();
    announce("2");
    host = _ -> new Fetched.Text("<html>");
    assertEquals("ENFORCE", standing());
    assertEquals(List.of(Fetch.FETCHED, Fetch.INVALID), results);
  }

  @Test
  void what_failed_is_tried_again_after_five_minutes_or_for_another_id() {
    announce("1");
    host = _ -> new Fetched.Failure(TlsFailure.STS_WEBPKI_INVALID, "expired");
    assertEquals("none", standing());
    assertEquals("none", standing());
    assertEquals(List.of(Fetch.NOT_TRUSTED), results);
    later(Duration.ofMinutes(5));
    standing();
    assertEquals(2, fetched.size());
    announce("2");
    standing();
    assertEquals(3, fetched.size());
  }

  @Test
  void a_record_that_could_not_be_had_makes_nobody_wait_again_for_a_minute() {
    dns.say(new Answer.Unanswered<>("time-out"));
    standing();
    standing();
    assertEquals(1, dns.asked());
    later(Duration.ofMinutes(1));
    announce("1");
    assertEquals("ENFORCE", standing());
  }

  @Test
  void before_a_policy_is_over_it_is_looked_at_again_and_nobody_waits() {
    announce("1");
    host = _ -> policy("enforce", 604_800);
    standing();
    later(Duration.ofDays(1));
    var asked = new CountDownLatch(1);
    var answer = new CompletableFuture<Fetched>();
    host =
        _ -> {
          asked.countDown();
          return answer.join();
        };
    assertEquals("ENFORCE", standing());
    answer.complete(policy("enforce", 604_800));
    await().until(() -> results.size() == 2);
    later(Duration.ofDays(6));
    assertEquals("ENFORCE", standing());
  }

  @Test
  void no_policy_is_over_so_soon_that_each_message_fetches_it() {
    announce("1");
    host = _ -> policy("enforce", 0);
    standing();
    standing();
    assertEquals(1, fetched.size());
    later(Duration.ofMinutes(5));
    standing();
    assertEquals(2, fetched.size());
  }

  @Test
  void messages_of_one_domain_share_a_fetch_and_those_of_others_do_not_wait() throws Exception {
    announce("1");
    var answer = new CompletableFuture<Fetched>();
    host = domain -> domain.equals(EXAMPLE) ? answer.join() : policy("testing", 60);
    var first = CompletableFuture.supplyAsync(this::standing, Thread::startVirtualThread);
    var second = CompletableFuture.supplyAsync(this::standing, Thread::startVirtualThread);
    await().until(() -> !fetched.isEmpty());
    assertInstanceOf(Standing.Policy.class, policies.of(new Domain("example.org")));
    answer.complete(policy("enforce", 60));
    assertEquals("ENFORCE", first.get());
    assertEquals("ENFORCE", second.get());
    assertEquals(1, fetched.stream().filter(EXAMPLE::equals).count());
  }

  @Test
  void while_what_was_known_is_not_at_hand_nobody_can_say() {
    var unread =
        new PolicyMemory() {
          @Override
          public Optional<String> trouble() {
            return Optional.of("not read yet");
          }

          @Override
          public Optional<KnownPolicy> policy(Domain domain) {
            return Optional.empty();
          }

          @Override
          public void remember(Domain domain, KnownPolicy policy) {}
        };
    var blind =
        new StsPolicies(dns, _ -> DOWN, unread, (_, _, _) -> {}, () -> now, Duration.ofSeconds(1));
    assertEquals(new Standing.Unknown("not read yet"), blind.of(EXAMPLE));
  }

  private void announce(String id) {
    dns.say(new Answer.Found<>(List.of("v=STSv1; id=" + id + ";")));
  }

  private void later(Duration time) {
    now = now.plus(time);
  }

  private String standing() {
    return switch (policies.of(EXAMPLE)) {
      case Standing.Policy(var policy) -> policy.mode().name();
      case Standing.None() -> "none";
      case Standing.Unknown(var why) -> why;
    };
  }

  private static Fetched policy(String mode, int age) {
    return new Fetched.Text(
        "version: STSv1\nmode: %s\nmx: *.example.net\nmax_age: %d\n".formatted(mode, age));
  }
}
