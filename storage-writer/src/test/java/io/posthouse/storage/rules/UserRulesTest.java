package io.posthouse.storage.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.storage.mailbox.Placement.Target;
import io.posthouse.storage.rules.Filter.Actions;
import io.posthouse.storage.rules.Filter.Conditions;
import io.posthouse.telemetry.MissingFeature;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class UserRulesTest {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  private static final Target FRIEND = new Target("mail", "friend@example.net");

  @Test
  void a_user_who_forwards_to_an_address_has_nothing_that_we_do_not_know() {
    assertEquals(Set.of(), missing(List.of(FRIEND), false, false, Optional.empty()));
    assertEquals(Set.of(), UserRules.NONE.missing(NOON));
  }

  @Test
  void targets_of_other_types_are_named_be_they_the_users_or_a_filters() {
    var relay = new Target("relay", "smtp://relay.example");
    var http = new Target("http", "https://hook.example/");
    assertEquals(
        Set.of(MissingFeature.RELAY_TARGET, MissingFeature.HTTP_TARGET),
        missing(List.of(FRIEND, relay, http), false, false, Optional.empty()));
    var filtered = new UserRules(50, Set.of(), List.of(filter(http)), List.of(), 10);
    assertEquals(Set.of(MissingFeature.HTTP_TARGET), filtered.missing(NOON));
  }

  @Test
  void how_mail_goes_on_matters_only_where_some_does() {
    assertEquals(Set.of(), missing(List.of(), true, true, Optional.empty()));
    assertEquals(
        Set.of(MissingFeature.ENCRYPTED_FORWARDS, MissingFeature.OWN_RELAY),
        missing(List.of(FRIEND), true, true, Optional.empty()));
  }

  @Test
  void an_audit_matters_until_it_ends() {
    assertEquals(Set.of(MissingFeature.AUDIT), missing(List.of(), false, false, Optional.of(NOON)));
    assertEquals(Set.of(), missing(List.of(), false, false, Optional.of(NOON.minusSeconds(1))));
  }

  private static Set<MissingFeature> missing(
      List<Target> targets, boolean encrypts, boolean relays, Optional<Instant> auditedUntil) {
    return new UserRules(
            50, Set.of(), List.of(), targets, 10, encrypts, Optional.empty(), relays, auditedUntil)
        .missing(NOON);
  }

  private static Filter filter(Target target) {
    return new Filter(
        "65f0c0ffee65f0c0ffee0009",
        new Conditions(Map.of(), Optional.empty(), 0, Optional.empty()),
        new Actions(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(target)));
  }
}
