package io.posthouse.srs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.address.Domain;
import io.posthouse.address.MailAddress;
import io.posthouse.config.Secret;
import io.posthouse.peers.NpmPackage;
import io.posthouse.srs.Srs.Reversed;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// With the package that WildDuck and ZoneMTA rewrite senders with.
final class SrsPeerIT {
  private static final Domain OURS = new Domain("ours.example");
  private static final Path SCRIPT = Path.of("src/test/resources/srs/srs.js");
  private static final String SECRET = "a secret of both";
  private static final List<String> SENDERS =
      List.of(
          "bob@example.net",
          "Bob.By+Tag@example.net",
          "a=b@xn--bcher-kva.example",
          "SRS0=1a2b=KN=example.net=bob@example.org",
          "SRS1=1a2b=example.org==1a2b=KN=example.net=bob@example.com");

  private final Srs srs = new Srs(Secret.of(SECRET), OURS);

  @Test
  void we_read_what_srs_js_writes() {
    var written = run("rewrite", SENDERS);
    var read = written.stream().map(local -> srs.reverse(at(local), Instant.now())).toList();
    assertEquals(
        List.of(
            sender(SENDERS.get(0)),
            sender(SENDERS.get(1)),
            sender(SENDERS.get(2)),
            sender(SENDERS.get(3)),
            sender("SRS0=1a2b=KN=example.net=bob@example.org")),
        read);
  }

  @Test
  void srs_js_reads_what_we_write() {
    var written =
        SENDERS.stream()
            .map(sender ->
                srs.forward(MailAddress.of(sender), Instant.now()).orElseThrow().localPart())
            .toList();
    assertEquals(
        List.of(
            "bob example.net",
            "Bob.By+Tag example.net",
            "a=b xn--bcher-kva.example",
            "SRS0=1a2b=KN=example.net=bob example.org",
            "SRS0=1a2b=KN=example.net=bob example.org"),
        run("reverse", written));
  }

  private static List<String> run(String what, List<String> addresses) {
    var arguments = new ArrayList<>(List.of(SECRET, what));
    arguments.addAll(addresses);
    var ended = NpmPackage.run("srs.js@0.1.0", SCRIPT, arguments.toArray(String[]::new));
    assertEquals(0, ended.exitCode(), ended.said());
    return ended.said().lines().toList();
  }

  private static MailAddress at(String local) {
    return new MailAddress(local, OURS);
  }

  private static Reversed sender(String address) {
    return new Reversed.Sender(MailAddress.of(address));
  }
}
