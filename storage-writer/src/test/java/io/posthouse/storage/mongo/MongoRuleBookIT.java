package io.posthouse.storage.mongo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.address.Domain;
import io.posthouse.directory.AddressId;
import io.posthouse.directory.UserId;
import io.posthouse.storage.mailbox.Placement.Folder;
import io.posthouse.storage.mailbox.Placement.Target;
import io.posthouse.storage.rules.AddressRules;
import io.posthouse.storage.rules.Autoreply;
import io.posthouse.storage.rules.DomainAccess;
import io.posthouse.storage.rules.Filter;
import io.posthouse.storage.rules.Filter.Field;
import io.posthouse.storage.rules.Phrases;
import io.posthouse.storage.rules.UserRules;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class MongoRuleBookIT {
  private final TestMailboxes mailboxes = new TestMailboxes(getClass());
  private final MongoRuleBook book = mailboxes.rules();
  private final UserId user = mailboxes.addUser();

  @AfterEach
  void close() {
    mailboxes.close();
  }

  @Test
  void a_user_who_said_nothing_has_no_rules() throws IOException {
    assertEquals(UserRules.NONE, rules());
  }

  @Test
  void filters_are_read_in_the_order_in_which_they_were_made() throws IOException {
    var second = new ObjectId("65f0c0ffee65f0c0ffee0002");
    var first = new ObjectId("65f0c0ffee65f0c0ffee0001");
    filter(second, new Document(), new Document("spam", true));
    filter(first, new Document(), new Document("seen", 1));
    var ids = rules().filters().stream().map(Filter::id).toList();
    assertEquals(List.of(first.toHexString(), second.toHexString()), ids);
  }

  @Test
  void a_filter_that_is_switched_off_or_somebody_elses_is_none() throws IOException {
    mailboxes.add(
        "filters",
        new Document("user", Fields.id(user)).append("disabled", true).append("query", Map.of()));
    mailboxes.add("filters", new Document("user", new ObjectId()).append("query", Map.of()));
    assertEquals(List.of(), rules().filters());
  }

  @Test
  void all_that_a_filter_can_say_is_read() throws IOException {
    var folder = new ObjectId();
    var query =
        new Document("headers", Map.of("from", "Alice", "listId", "java"))
            .append("ha", true)
            .append("size", -1_000.0);
    var action =
        new Document("seen", true)
            .append("flag", false)
            .append("delete", null)
            .append("mailbox", folder)
            .append(
                "targets", List.of(new Document("type", "mail").append("value", "x@example.net")));
    filter(new ObjectId(), query, action);
    var filter = rules().filters().getFirst();
    assertEquals(Map.of(Field.FROM, "alice", Field.LIST_ID, "java"), filter.conditions().headers());
    assertEquals(Optional.of(true), filter.conditions().attachments());
    assertEquals(-1_000, filter.conditions().size());
    assertEquals(
        new Filter.Actions(
            Optional.of(true),
            Optional.of(false),
            Optional.empty(),
            Optional.empty(),
            Optional.of(new Folder.ById(folder.toHexString())),
            List.of(new Target("mail", "x@example.net"))),
        filter.actions());
  }

  @Test
  void a_filter_may_look_into_the_text() throws IOException {
    filter(new ObjectId(), new Document("text", "lottery"), new Document("delete", true));
    assertEquals(
        Optional.of(Phrases.parse("lottery")), rules().filters().getFirst().conditions().text());
  }

  @Test
  void a_user_answers_only_with_both_switches_on() throws IOException {
    mailboxes.add(
        "autoreplies",
        new Document("user", Fields.id(user)).append("status", true).append("text", "Away"));
    assertEquals(Optional.empty(), rules().absence());
    mailboxes.setUser(user, "autoreply", true);
    var absence = rules(mailboxes.rules()).absence().orElseThrow();
    assertEquals("Away", absence.autoreply().text());
    assertEquals(List.of(absence.address()), absence.addresses());
  }

  @Test
  void an_address_without_a_user_has_targets_of_its_own() throws IOException {
    var id = new ObjectId();
    mailboxes.add(
        "addresses",
        new Document("_id", id)
            .append("addrview", "team@example.test")
            .append("forwards", 7)
            .append(
                "targets", List.of(new Document("type", "mail").append("value", "x@example.net"))));
    assertEquals(
        Optional.of(
            new AddressRules(
                List.of(new Target("mail", "x@example.net")), 7, false, Optional.empty())),
        book.address(new AddressId(id.toHexString())));
    assertEquals(Optional.empty(), book.address(new AddressId("65f0c0ffee65f0c0ffee0001")));
  }

  @Test
  void a_filter_of_unknown_shape_says_nothing() throws IOException {
    var query = new Document("headers", "odd").append("size", "big").append("ha", "yes");
    filter(new ObjectId(), query, new Document("targets", "x").append("mailbox", "not an id"));
    var filter = rules().filters().getFirst();
    assertEquals(Map.of(), filter.conditions().headers());
    assertEquals(Optional.empty(), filter.actions().mailbox());
    assertEquals(List.of(), filter.actions().targets());
  }

  @Test
  void what_is_said_of_a_domain_is_found_by_tag_in_either_spelling() throws IOException {
    var blocked = access("vip", "block", "münchen.example");
    access("other", "block", "example.org");
    access("vip", "allow", "example.com");
    var asked =
        Set.of(
            Domain.parse("xn--mnchen-3ya.example").orElseThrow(),
            Domain.parse("example.org").orElseThrow());
    assertEquals(
        List.of(
            new DomainAccess(
                blocked.toHexString(),
                "vip",
                Domain.parse("xn--mnchen-3ya.example").orElseThrow(),
                true)),
        book.access(Set.of("vip"), asked));
  }

  @Test
  void an_address_without_a_user_answers_if_that_is_switched_on() throws IOException {
    var on = new Document("status", true).append("text", "Away").append("name", "Team");
    var off = new Document(on).append("status", false);
    assertEquals(Optional.empty(), autoreply(off));
    var autoreply = autoreply(on).orElseThrow();
    assertEquals("Away", autoreply.text());
    assertEquals("Team", autoreply.name());
  }

  private Optional<Autoreply> autoreply(Document reply) throws IOException {
    var id = new ObjectId();
    mailboxes.add(
        "addresses",
        new Document("_id", id).append("addrview", id.toHexString()).append("autoreply", reply));
    return book.address(new AddressId(id.toHexString())).orElseThrow().autoreply();
  }

  @Test
  void the_last_of_a_users_audits_counts_and_one_without_an_end_never_ends() throws IOException {
    assertEquals(Optional.empty(), rules().auditedUntil());
    var end = Instant.parse("2026-03-02T08:14:07Z");
    audit(end);
    audit(end.minusSeconds(60));
    assertEquals(Optional.of(end), rules(mailboxes.rules()).auditedUntil());
    mailboxes.add("audits", new Document("user", Fields.id(user)));
    assertEquals(Optional.of(Instant.MAX), rules(mailboxes.rules()).auditedUntil());
  }

  @Test
  void a_relay_of_the_users_own_is_read() throws IOException {
    mailboxes.setUser(user, "mtaRelay", "smtp://relay.example");
    assertTrue(rules().relaysAll());
  }

  private void audit(Instant end) {
    mailboxes.add("audits", new Document("user", Fields.id(user)).append("end", end));
  }

  private ObjectId access(String tag, String action, String domain) {
    var id = new ObjectId();
    mailboxes.add(
        "domainaccess",
        new Document("_id", id)
            .append("tagview", tag)
            .append("action", action)
            .append("domain", domain));
    return id;
  }

  private void filter(ObjectId id, Document query, Document action) {
    mailboxes.add(
        "filters",
        new Document("_id", id)
            .append("user", Fields.id(user))
            .append("query", query)
            .append("action", action));
  }

  private UserRules rules() throws IOException {
    return rules(book);
  }

  private UserRules rules(MongoRuleBook of) throws IOException {
    return Objects.requireNonNull(of.rules(Set.of(user)).get(user));
  }
}
