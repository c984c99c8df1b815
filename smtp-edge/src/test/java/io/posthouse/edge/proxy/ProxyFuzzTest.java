package io.posthouse.edge.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.fuzz.Fuzz;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// No octets make the reader of headers throw, and no more of them change its mind.
class ProxyFuzzTest {
  private static final List<String> HEADERS =
      Stream.of(
              Headers.text("192.0.2.7", "192.0.2.25"),
              Headers.text("2001:db8::7", "2001:db8::25"),
              Headers.ascii("PROXY UNKNOWN\r\nEHLO x\r\n"),
              Headers.binary("192.0.2.7", "192.0.2.25"),
              Headers.binary(
                  "2001:db8::7", "2001:db8::25", Headers.tls("TLSv1.3", "CIPHER", "bob", 0)),
              Headers.local())
          .map(header -> new String(header, ISO_8859_1))
          .toList();

  @Test
  void a_header_is_what_it_is_as_soon_as_it_is_known() {
    new Fuzz("proxy", HEADERS)
        .run((input, random) -> {
          var whole = ProxyHeader.read(input, input.length);
          var early = ProxyHeader.read(input, random.nextInt(input.length + 1));
          // Of two faults in one line the log may name either.
          if (early instanceof ProxyHeader.Malformed)
            assertInstanceOf(ProxyHeader.Malformed.class, whole);
          else if (!(early instanceof ProxyHeader.Partial)) assertEquals(whole, early);
          if (whole instanceof ProxyHeader.Brought brought)
            assertTrue(brought.length() <= input.length);
        });
  }
}
