package io.posthouse.delivery.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.outcome.MxHost;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Where connections come from, on real sockets.
class SourceIT {
  @ParameterizedTest
  @CsvSource({"127.0.0.1, 127.0.0.77", "::1, ::1"})
  void a_host_sees_the_address_that_was_chosen(String host, String source) throws IOException {
    assertEquals(InetAddress.ofLiteral(source), seen(host, Optional.of(source)));
  }

  @Test
  void without_a_choice_it_is_the_systems() throws IOException {
    assertEquals(InetAddress.ofLiteral("127.0.0.1"), seen("127.0.0.1", Optional.empty()));
  }

  private static InetAddress seen(String host, Optional<String> source) throws IOException {
    try (var listening = new ServerSocket(0, 1, InetAddress.ofLiteral(host));
        var alarms = Executors.newScheduledThreadPool(1)) {
      var mx = new MxHost("mx.example.net", listening.getInetAddress(), listening.getLocalPort());
      var from = source.map(InetAddress::ofLiteral);
      var wire = SocketWire.connect(mx, from, Patience.RFC5321, alarms);
      try (wire;
          var accepted = listening.accept()) {
        return accepted.getInetAddress();
      }
    }
  }
}
