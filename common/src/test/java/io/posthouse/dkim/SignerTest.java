package io.posthouse.dkim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.dkim.SigningKeys.Found;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignerTest {
  private static final String MESSAGE =
      """
      From: Bob <bob@example.net>
      To: carol@example.org,
       dave@example.org
      Subject:  Is dinner   ready?
      Content-Type: text/plain

      Hi.  We lost the game.

      Bob

      """
          .replace("\n", "\r\n");

  private final SigningWorld world = new SigningWorld().with("example.net", "RSA", "Ed25519");

  @Test
  void a_message_gets_a_signature_by_each_key_and_all_are_good() {
    var signature = world.signature("", MESSAGE);
    assertTrue(world.isGood(signature + MESSAGE, 2), signature);
    assertTrue(signature.contains("a=rsa-sha256;"), signature);
    assertTrue(signature.contains("a=ed25519-sha256;"), signature);
    assertEquals(1, world.counted("signed"));
  }

  @Test
  void all_ways_to_be_canonical_give_good_signatures() {
    for (var header : Canonicalization.values()) {
      for (var body : Canonicalization.values()) {
        world.rules = new SigningRules(header, body, SignedFields.DEFAULT, Optional.empty());
        var signature = world.signature("", MESSAGE);
        assertTrue(signature.contains("c=%s/%s;".formatted(header, body)), signature);
        assertTrue(world.isGood(signature + MESSAGE, 2), signature);
      }
    }
  }

  @Test
  void a_signature_tells_when_it_was_made_and_when_it_ends() {
    assertTrue(world.signature("", MESSAGE).contains("\tt=1772439247;\r\n"));
    world.rules =
        new SigningRules(
            Canonicalization.RELAXED,
            Canonicalization.RELAXED,
            SignedFields.DEFAULT,
            Optional.of(Duration.ofDays(1)));
    assertTrue(world.signature("", MESSAGE).contains("\tt=1772439247; x=1772525647;\r\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "From: eve@example.net\r\n",
        "Subject: Pay at once\r\n",
        "Cc: eve@example.com\r\n",
        "Reply-To: eve@example.com\r\n",
        "MIME-Version: 1.0\r\n",
        "Content-Type: text/html\r\n"
      })
  void a_field_that_somebody_adds_breaks_the_signature(String added) {
    var signature = world.signature("", MESSAGE);
    assertFalse(world.isGood(added + signature + MESSAGE, 2));
    assertFalse(world.isGood(signature + added + MESSAGE, 2));
  }

  @Test
  void what_hosts_add_on_the_way_does_not() {
    var signature = world.signature("", MESSAGE);
    assertTrue(world.isGood("Received: by there\r\nX-Spam: no\r\n" + signature + MESSAGE, 2));
  }

  @Test
  void another_body_breaks_it_and_blank_lines_at_the_end_do_not() {
    var signature = world.signature("", MESSAGE);
    assertFalse(world.isGood(signature + MESSAGE.replace("lost", "won"), 2));
    assertTrue(world.isGood(signature + MESSAGE + "\r\n\r\n", 2));
  }

  @Test
  void what_we_added_ourselves_is_signed_too() {
    var trace =
        "Received: from a by b;\r\n\tMon, 2 Mar 2026 08:14:07 +0000\r\nMessage-ID: <1@b>\r\n";
    var signature = world.signature(trace, MESSAGE);
    assertTrue(world.isGood(signature + trace + MESSAGE, 2), signature);
    assertFalse(world.isGood(signature + trace.replace("<1@b>", "<2@b>") + MESSAGE, 2));
  }

  @Test
  void lines_are_short_however_many_fields_there_are() {
    var many = "List-Post-And-More: <mailto:list@example.net>\r\n".repeat(60);
    var signature = world.signature("", many + MESSAGE);
    assertTrue(world.isGood(signature + many + MESSAGE, 2));
    assertTrue(signature.lines().allMatch(line -> line.length() <= 78), signature);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "From: bob@example.net\r\n",
        "From: bob@example.net",
        "From: bob@example.net\r\n\r\n",
        "From: bob@example.net\r\n\r\nno line end",
        "From: bob@example.net\r\n\r\n\r\n\r\n",
        "From : bob@example.net\r\nSUBJECT\t:\ta \t b \r\n\r\nx\r\n",
        "from:bob@example.net\r\nSubject:\r\n\r\nx\r\n",
        "From: \"B\u00f6b\" <bob@example.net>\r\nSubject: gr\u00fc\u00dfe\r\n\r\nh\u00e4?\r\n",
        "From: bob@example.net\r\nTo: a\r\nTo: b\r\n\r\na\rb\nc\u0000d\r\n",
      })
  void odd_messages_get_good_signatures(String message) {
    var signature = world.signature("", message);
    var arrived = message.endsWith("\r\n") ? message : message + "\r\n";
    assertTrue(world.isGood(signature + arrived, 2), signature);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          Subject: x$$              | NO_AUTHOR
          $$                        | NO_AUTHOR
          From: nobody$$            | NO_AUTHOR
          From: Us:;$$              | NO_AUTHOR
          From: a@example.net$From: b@example.net$$ | NO_AUTHOR
          From: a@example.net, b@example.org$$ | SEVERAL_AUTHORS
          From: a@example.org$$     | NO_KEY
          From: a@[192.0.2.1]$$     | NO_KEY
          From: a@net$$             | NO_KEY
          From: a@broken.example$$  | UNUSABLE_KEY
          From: a@example.net$no field$$ | MALFORMED_HEADER
          ` From: a@example.net$$`  | MALFORMED_HEADER
          From: a@example.net$Subject: arb$$ | MALFORMED_HEADER
          From: a@example.net\\nSubject: b$$ | MALFORMED_HEADER
          From a@example.net$From: a@example.net$$ | MALFORMED_HEADER
          """)
  void others_go_unsigned_and_are_counted(String message, Signing.Reason reason) {
    world.with("broken.example", new Found.Unusable("no secret"));
    var text = message.replace("arb", "a\rb").replace("\\n", "\n").replace("$", "\r\n");
    assertEquals(new Signing.Unsigned(reason), world.sign(text));
    assertEquals(1, world.counted(reason.name().toLowerCase(Locale.ROOT)));
  }

  @Test
  void more_fields_than_an_author_writes_go_unsigned() {
    var many = "To: a@example.org\r\n".repeat(600);
    assertEquals(new Signing.Unsigned(Signing.Reason.MALFORMED_HEADER), world.sign(many + MESSAGE));
  }

  @Test
  void a_group_of_authors_of_one_domain_is_signed_for() {
    var message = "From: We: bob@example.net, carol@Example.NET;\r\n\r\n";
    assertTrue(world.isGood(world.signature("", message) + message, 2));
  }

  @Test
  void whoever_may_not_sign_as_the_author_does_not() {
    assertEquals(
        new Signing.Unsigned(Signing.Reason.FOREIGN_AUTHOR),
        world.sign("", MESSAGE, author -> author.localPart().equals("carol")));
  }

  @Test
  void keys_that_cannot_be_looked_up_are_no_reason_to_go_without() {
    world.with("example.org", new Found.Unavailable("MongoDB is down"));
    assertEquals(new Signing.NotNow("MongoDB is down"), world.sign("From: a@example.org\r\n\r\n"));
    assertEquals(1, world.counted("not_now"));
  }

  @Test
  void an_international_domain_signs_in_ascii() {
    world.with("xn--bcher-kva.example", "Ed25519");
    var message = "From: b@b\u00fccher.example\r\n\r\n";
    var signature = world.signature("", message);
    assertTrue(signature.contains("d=xn--bcher-kva.example;"), signature);
    assertTrue(world.isGood(signature + message, 1), signature);
  }

  @Test
  void any_message_at_all_is_signed_well_or_not_at_all() {
    var seed = new Random().nextLong();
    var random = new Random(seed);
    var words = "From:;Subject:;To:; ;\t;\r\n;\r\n ;a@example.net;x;\r;\n;:;,".split(";");
    world.with("example.net", "Ed25519");
    for (int i = 0; i < 1500; i++) {
      var text =
          "From: a@example.net\r\n"
              + random
                  .ints(random.nextInt(25), 0, words.length)
                  .mapToObj(at -> words[at])
                  .collect(Collectors.joining())
              + "\r\n\r\nx\r\n";
      if (world.sign(text) instanceof Signing.Signed(var lines)) {
        var signature = new String(lines.toArray(), StandardCharsets.UTF_8);
        assertTrue(world.isGood(signature + text, 1), "seed " + seed + ": " + text);
      }
    }
  }
}
