package io.posthouse.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.config.ByteSize;
import io.posthouse.config.ConfigException;
import io.posthouse.config.SettingsFile;
import io.posthouse.edge.session.ListenerKind;
import io.posthouse.edge.wire.BareNewline;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EdgeSettingsTest {
  private static EdgeSettings read(String... overrides) throws ConfigException {
    return SettingsFile.defaults()
        .with(Stream.of(overrides).map(override -> "edge." + override).toList())
        .read(in -> EdgeSettings.read(in.section("edge")))
        .settings();
  }

  private static void assertProblem(String problem, String... overrides) {
    var e = assertThrows(ConfigException.class, () -> read(overrides));
    assertTrue(e.toString().contains(problem), e.toString());
  }

  @Test
  void without_a_word_it_is_an_mx_that_relays_for_nobody() throws ConfigException {
    var settings = read();
    var listener = settings.listeners().getFirst();
    assertEquals("mx *:25", listener.toString());
    assertEquals(ListenerKind.MX, listener.kind());
    assertEquals(TlsMode.STARTTLS, listener.tls());
    assertEquals(List.of(), settings.relayNetworks());
    assertEquals(BareNewline.REJECT, settings.bareNewline());
    assertEquals(ByteSize.mib(50), settings.limits().content().message());
    assertEquals(Duration.ofMinutes(5), settings.timeouts().idle());
  }

  @Test
  void a_listener_has_the_port_and_the_tls_of_its_kind() throws ConfigException {
    var settings = read("listeners=[{kind: submission}, {kind: submissions}, {kind: lmtp}]");
    assertEquals(
        List.of("submission *:587 STARTTLS", "submissions *:465 IMPLICIT", "lmtp *:24 STARTTLS"),
        settings.listeners().stream().map(l -> l + " " + l.tls()).toList());
  }

  @Test
  void what_cannot_be_is_a_problem() {
    assertProblem("listener: mx (expected: each name once)", "listeners=[{}, {}]");
    assertProblem("expected: implicit", "listeners=[{kind: submissions, tls: starttls}]");
    assertProblem("expected: one of mx, submission", "listeners=[{kind: smtp}]");
    assertProblem("did you mean connections", "limits.conections=1");
    assertProblem("expected: a mail address", "postmaster=nobody");
    assertProblem("expected: one of reject, normalise", "bare_newline=accept");
  }
}
