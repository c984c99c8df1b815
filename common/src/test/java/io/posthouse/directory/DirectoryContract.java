package io.posthouse.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.posthouse.address.MailAddress;
import io.posthouse.directory.Directory.Resolution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every directory does, whatever is behind it.
public interface DirectoryContract {
  /// A directory as a test finds it: empty.
  Directory directory();

  /// Adds a user, and the domain of the address with it.
  UserId addUser(String address);

  void addAlias(String alias, String target);

  void disable(UserId user, String address);

  void fillUp(UserId user, String address);

  /// Makes the directory one that cannot be asked.
  void breakDown();

  @Test
  default void a_user_takes_mail_for_its_address() {
    var bob = addUser("bob@example.net");
    assertEquals(new Resolution.LocalUser(bob), resolve("bob@example.net"));
  }

  @Test
  default void what_is_remembered_is_what_was_resolved() {
    addUser("bob@example.net");
    var resolved = resolve("bob@example.net");
    directory()
        .remembered(MailAddress.of("bob@example.net"))
        .ifPresent(remembered -> assertEquals(resolved, remembered));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "BOB.BY@example.net",
        "bobby+lists@example.net",
        "b.o.b.b.y@EXAMPLE.net",
        "bobby@example.net"
      })
  default void case_dots_and_tags_make_no_difference(String spelling) {
    var bob = addUser("bob.by@example.net");
    assertEquals(new Resolution.LocalUser(bob), resolve(spelling));
  }

  @Test
  default void an_address_of_a_domain_in_unicode_is_found_by_either_spelling() {
    var bob = addUser("bob@bücher.example");
    assertEquals(new Resolution.LocalUser(bob), resolve("bob@xn--bcher-kva.example"));
    assertEquals(new Resolution.LocalUser(bob), resolve("bob@bücher.example"));
  }

  @Test
  default void an_unknown_address_in_a_domain_of_ours_is_nobody() {
    addUser("bob@example.net");
    assertEquals(new Resolution.NoSuchUser(), resolve("alice@example.net"));
  }

  @Test
  default void a_domain_we_do_not_know_is_not_local() {
    addUser("bob@example.net");
    assertEquals(new Resolution.NotLocal(), resolve("bob@example.org"));
  }

  @Test
  default void an_alias_of_a_domain_has_the_same_addresses() {
    var bob = addUser("bob@example.net");
    addAlias("example.com", "example.net");
    assertEquals(new Resolution.LocalUser(bob), resolve("b.ob+x@example.com"));
    assertEquals(new Resolution.NoSuchUser(), resolve("alice@example.com"));
  }

  @Test
  default void a_disabled_user_takes_no_mail() {
    var bob = addUser("bob@example.net");
    disable(bob, "bob@example.net");
    assertEquals(new Resolution.Disabled(bob), resolve("bob@example.net"));
  }

  @Test
  default void a_user_whose_quota_is_used_up_takes_no_mail() {
    var bob = addUser("bob@example.net");
    fillUp(bob, "bob@example.net");
    assertEquals(new Resolution.OverQuota(bob), resolve("bob@example.net"));
  }

  @Test
  default void a_directory_that_cannot_be_asked_says_nothing_about_the_address() {
    addUser("bob@example.net");
    breakDown();
    assertInstanceOf(Resolution.Unavailable.class, resolve("bob@example.net"));
  }

  private Resolution resolve(String address) {
    return directory().resolve(MailAddress.of(address));
  }
}
