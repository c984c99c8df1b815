package io.posthouse.dkim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.peers.Peer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What we sign is verified by others: dkimpy and OpenDKIM.
class DkimPeerIT {
  private static final int MESSAGES = 200;
  private static final String[] KINDS = {"RSA", "Ed25519"};
  private static final String DKIMPY =
      """
      import os, sys, dkim

      keys = dict(line.split(" ", 1) for line in open(sys.argv[1]).read().splitlines())
      find = lambda name, timeout=5: keys[name.decode().rstrip(".")].encode()
      for name in sorted(os.listdir(sys.argv[2])):
          message = dkim.DKIM(open(os.path.join(sys.argv[2], name), "rb").read())
          for i in range(2):
              try:
                  good = message.verify(idx=i, dnsfunc=find)
              except dkim.DKIMException as e:
                  good = False
                  print(e)
              print("good" if good else "BAD " + name + " " + str(i))
      """;

  private final SigningWorld world = new SigningWorld().with("example.net", KINDS);
  @TempDir private Path folder = Path.of("");

  @Test
  void dkimpy_verifies_both_signatures_of_any_message_that_we_sign() throws IOException {
    Peer.named("dkimverify");
    var messages = Files.createDirectory(folder.resolve("messages"));
    var seed = new Random().nextLong();
    for (int i = 0; i < MESSAGES; i++) write(messages.resolve(i + ".eml"), new Random(seed + i), i);
    // The one that has Debian's modules.
    var ended =
        Peer.named("/usr/bin/python3")
            .run("-c", DKIMPY, keys("%s %s").toString(), messages.toString());
    var good = ended.said().lines().filter("good"::equals).count();
    assertEquals(2L * MESSAGES, good, "seed " + seed + "\n" + ended.said());
  }

  @Test
  void opendkim_verifies_both_too() throws IOException {
    var opendkim = Peer.named("opendkim");
    var settings =
        Files.writeString(
            folder.resolve("opendkim.conf"),
            "Mode v\nTestPublicKeys %s\nRequireSafeKeys no\n".formatted(keys("%s %s")));
    var seed = new Random().nextLong();
    for (int i = 0; i < 20; i++) {
      var message = folder.resolve("message.eml");
      write(message, new Random(seed + i), i);
      var ended = opendkim.run("-x", settings.toString(), "-t", message.toString(), "-vv");
      var passed = ended.said().split("dkim=pass ", -1).length - 1;
      assertEquals(2, passed, "seed " + seed + " message " + i + "\n" + ended.said());
    }
  }

  private Path keys(String form) throws IOException {
    var lines = new ArrayList<String>();
    for (var kind : KINDS) {
      var name = SigningWorld.key(kind).selector() + "._domainkey.example.net";
      lines.add(form.formatted(name, world.dns(name)));
    }
    return Files.write(folder.resolve("keys"), lines);
  }

  /// Signs a message and writes it as it would leave.
  private void write(Path file, Random random, int turn) throws IOException {
    var ways = Canonicalization.values();
    world.rules =
        new SigningRules(
            ways[turn % 2], ways[turn / 2 % 2], SignedFields.DEFAULT, Optional.empty());
    var message = message(random);
    Files.writeString(file, world.signature("", message) + message, StandardCharsets.UTF_8);
  }

  private static String message(Random random) {
    var header = new ArrayList<>(List.of("From: Bob\r\n\t<bob@example.net>\r\n"));
    var names = List.of("To", "Cc", "Subject", "List-Id", "Sender", "X-Odd", "Received", "SUBJECT");
    for (int i = random.nextInt(8); i > 0; i--)
      header.add(
          random.nextInt(header.size() + 1),
          names.get(random.nextInt(names.size()))
              + ": a"
              + text(random, "a b\t\u00e9", 30)
              + "\r\n");
    var body =
        IntStream.range(0, random.nextInt(8))
            .mapToObj(_ -> text(random, "ab \t\u00fc.", 20) + "\r\n")
            .collect(Collectors.joining());
    return String.join("", header) + "\r\n" + body;
  }

  private static String text(Random random, String alphabet, int most) {
    return random
        .ints(random.nextInt(most), 0, alphabet.length())
        .mapToObj(at -> alphabet.substring(at, at + 1))
        .collect(Collectors.joining());
  }
}
