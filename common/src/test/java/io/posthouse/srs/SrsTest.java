package io.posthouse.srs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.address.Domain;
import io.posthouse.address.MailAddress;
import io.posthouse.config.Secret;
import io.posthouse.srs.Srs.Reversed;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SrsTest {
  private static final Instant NOW = Instant.parse("2026-03-02T08:00:00Z");
  private static final Domain OURS = new Domain("ours.example");

  private final Srs srs = new Srs(Secret.of("secret"), OURS);
  private final Srs theirs = new Srs(Secret.of("another"), new Domain("theirs.example"));

  private static MailAddress address(String text) {
    return MailAddress.of(text);
  }

  private MailAddress forward(String sender) {
    return srs.forward(address(sender), NOW).orElseThrow();
  }

  /// As srs.js 0.1.0 wrote them at that time with that secret.
  @ParameterizedTest
  @CsvSource({
    "bob@example.net, SRS0=58b9=BC=example.net=bob",
    "Bob.By+Tag@example.net, SRS0=3ff2=BC=example.net=Bob.By+Tag",
    "a=b@example.net, SRS0=291a=BC=example.net=a=b",
    "SRS0=1a2b=KN=example.net=bob@example.org, SRS1=2432=example.org==1a2b=KN=example.net=bob",
    "SRS0+1a2b=KN=example.net=bob@example.org, SRS1=1cac=example.org=+1a2b=KN=example.net=bob",
    "SRS1=1a2b=example.org==1a2b=KN=example.net=bob@example.com, SRS1=2432=example.org==1a2b=KN=example.net=bob"
  })
  void a_sender_is_rewritten_as_srs_js_does_it(String sender, String local) {
    assertEquals(address(local + "@ours.example"), forward(sender));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bob@example.net",
        "Bob.By+Tag@example.net",
        "a=b=c@example.net",
        "\"bob by\"@example.net",
        "bücher@bücher.example",
        "bob@[192.0.2.1]",
        "SRS@example.net",
        "srs00=bob@example.net"
      })
  void what_was_rewritten_is_found_again(String sender) {
    assertEquals(new Reversed.Sender(address(sender)), srs.reverse(forward(sender), NOW));
  }

  @Test
  void any_local_part_survives() {
    var seed = 31415L;
    var random = new SplittableRandom(seed);
    for (int i = 0; i < 2000; i++) {
      var local = new StringBuilder();
      for (int length = 1 + random.nextInt(40); length > 0; length--)
        local.append((char) (' ' + random.nextInt('~' - ' ' + 1)));
      var sender = new MailAddress(local.toString(), new Domain("example.net"));
      if (Srs.isRewritten(sender)) continue;
      var rewritten = srs.forward(sender, NOW).orElseThrow();
      assertTrue(Srs.isRewritten(rewritten));
      assertEquals(new Reversed.Sender(sender), srs.reverse(rewritten, NOW), "seed " + seed);
    }
  }

  @Test
  void a_sender_that_another_host_rewrote_goes_back_to_that_host() {
    var first = theirs.forward(address("bob@example.net"), NOW).orElseThrow();
    var second = forward(first.toString());
    assertTrue(second.localPart().startsWith("SRS1="), second::toString);
    assertEquals(new Reversed.Sender(first), srs.reverse(second, NOW));
  }

  @Test
  void a_sender_that_two_hosts_rewrote_goes_back_to_the_first_of_them() {
    var first = theirs.forward(address("bob@example.net"), NOW).orElseThrow();
    var third = new Srs(Secret.of("a third"), new Domain("third.example"));
    var second = third.forward(first, NOW).orElseThrow();
    assertEquals(new Reversed.Sender(first), srs.reverse(forward(second.toString()), NOW));
  }

  @Test
  void hosts_that_change_the_case_of_an_address_do_no_harm() {
    var rewritten = forward("bob@example.net").localPart();
    for (var spelling :
        new String[] {rewritten.toLowerCase(Locale.ROOT), rewritten.toUpperCase(Locale.ROOT)})
      assertEquals(
          new Reversed.Sender(address("bob@example.net")).toString().toLowerCase(Locale.ROOT),
          srs.reverse(new MailAddress(spelling, OURS), NOW).toString().toLowerCase(Locale.ROOT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SRS0=0000=KN=example.net=bob",
        "SRS0=",
        "SRS0==",
        "SRS0=zzzz=KN=example.net=bob",
        "SRS0=0000=KN=example.net",
        "SRS0=0000=KN==bob",
        "SRS1=0000=example.net==0000=KN=example.org=bob",
        "SRS1=0000=example.net=bob",
        "SRS1"
      })
  void what_we_never_wrote_is_forged(String local) {
    assertEquals(new Reversed.Forged(), srs.reverse(new MailAddress(local, OURS), NOW));
  }

  @Test
  void what_was_signed_with_another_secret_is_forged() {
    var rewritten = theirs.forward(address("bob@example.net"), NOW).orElseThrow();
    assertEquals(new Reversed.Forged(), srs.reverse(rewritten, NOW));
  }

  @Test
  void a_change_of_anything_but_case_is_forged() {
    var good = forward("bob@example.net").localPart();
    for (int i = "SRS0=".length(); i < good.length(); i++) {
      var changed =
          good.substring(0, i) + (good.charAt(i) == '2' ? '3' : '2') + good.substring(i + 1);
      assertNotEquals(
          Reversed.Sender.class,
          srs.reverse(new MailAddress(changed, OURS), NOW).getClass(),
          changed);
    }
  }

  @Test
  void an_address_is_good_for_three_weeks() {
    var rewritten = forward("bob@example.net");
    assertInstanceOf(Reversed.Sender.class, srs.reverse(rewritten, NOW.plus(Duration.ofDays(21))));
    assertEquals(new Reversed.Expired(), srs.reverse(rewritten, NOW.plus(Duration.ofDays(22))));
    // Clocks of hosts differ.
    assertInstanceOf(Reversed.Sender.class, srs.reverse(rewritten, NOW.minus(Duration.ofDays(1))));
    assertEquals(new Reversed.Expired(), srs.reverse(rewritten, NOW.minus(Duration.ofDays(2))));
  }

  @Test
  void days_begin_again_and_age_all_the_same() {
    for (int day = 0; day < 1030; day++) {
      var then = NOW.plus(Duration.ofDays(day));
      var rewritten = srs.forward(address("bob@example.net"), then).orElseThrow();
      assertInstanceOf(
          Reversed.Sender.class, srs.reverse(rewritten, then.plus(Duration.ofDays(20))));
      assertEquals(new Reversed.Expired(), srs.reverse(rewritten, then.plus(Duration.ofDays(30))));
    }
  }

  @Test
  void a_sender_that_would_be_too_long_has_no_rewritten_form() {
    assertEquals(Optional.empty(), srs.forward(address("b".repeat(250) + "@example.net"), NOW));
  }

  @ParameterizedTest
  @ValueSource(strings = {"srs0=x@example.net", "SRS1+x@example.net", "SRS0-@example.net"})
  void the_prefix_tells(String address) {
    assertTrue(Srs.isRewritten(address(address)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "srs@example.net",
        "SRS0@example.net",
        "xSRS0=x@example.net",
        "SRS2=x@example.net"
      })
  void other_addresses_are_no_rewritten_ones(String address) {
    assertFalse(Srs.isRewritten(address(address)));
  }
}
