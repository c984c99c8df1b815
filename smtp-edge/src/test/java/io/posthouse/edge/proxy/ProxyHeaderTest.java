package io.posthouse.edge.proxy;

import static io.posthouse.edge.proxy.Headers.ascii;
import static io.posthouse.edge.proxy.Headers.binary;
import static io.posthouse.edge.proxy.Headers.field;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.message.Endpoint;
import io.posthouse.message.TlsFacts;
import java.net.InetAddress;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyHeaderTest {
  private static final Endpoint CLIENT = endpoint("192.0.2.1", 51_000);
  private static final Endpoint SERVER = endpoint("198.51.100.1", 25);

  private static Endpoint endpoint(String address, int port) {
    return new Endpoint(InetAddress.ofLiteral(address), port);
  }

  private static ProxyHeader read(byte[] octets) {
    return ProxyHeader.read(octets, octets.length);
  }

  private static ProxyHeader.Brought brought(byte[] octets) {
    return assertInstanceOf(ProxyHeader.Brought.class, read(octets));
  }

  private static void assertMalformed(String why, byte[] octets) {
    assertEquals(new ProxyHeader.Malformed(why), read(octets));
  }

  @Test
  void both_versions_name_both_ends() {
    for (var octets :
        new byte[][] {
          Headers.text("192.0.2.1", "198.51.100.1"), binary("192.0.2.1", "198.51.100.1")
        }) {
      var header = brought(octets);
      assertEquals(CLIENT, header.client());
      assertEquals(SERVER, header.server());
      assertEquals(octets.length, header.length());
    }
  }

  @Test
  void an_ipv4_address_written_as_ipv6_is_an_ipv4_address() {
    assertEquals(CLIENT, brought(Headers.text("::ffff:192.0.2.1", "2001:db8::1")).client());
  }

  @Test
  void where_the_network_cuts_the_stream_changes_nothing() {
    var client = ascii("EHLO client.example.org\r\n");
    for (var header :
        new byte[][] {
          Headers.text("192.0.2.1", "198.51.100.1"),
          Headers.text("2001:db8::1", "2001:db8::2"),
          binary("2001:db8::1", "2001:db8::2", field(0x05, ascii("id"))),
          Headers.local()
        }) {
      var octets = new byte[header.length + client.length];
      System.arraycopy(header, 0, octets, 0, header.length);
      System.arraycopy(client, 0, octets, header.length, client.length);
      for (int count = 0; count < header.length; count++)
        assertInstanceOf(ProxyHeader.Partial.class, ProxyHeader.read(octets, count));
      for (int count = header.length; count <= octets.length; count++)
        assertEquals(read(header), ProxyHeader.read(octets, count));
    }
  }

  @Test
  void tls_that_the_proxy_has_ended_is_taken_over() {
    var fields = Headers.tls("TLSv1.3", "TLS_AES_128_GCM_SHA256", "laptop", 0);
    var header =
        brought(
            binary("192.0.2.1", "198.51.100.1", fields, field(0x02, ascii("smtp.example.net"))));
    assertEquals(
        Optional.of(
            new TlsFacts(
                "TLSv1.3",
                "TLS_AES_128_GCM_SHA256",
                Optional.of("smtp.example.net"),
                Optional.of("CN=laptop"))),
        header.tls());
  }

  @Test
  void a_certificate_the_proxy_did_not_like_names_nobody() {
    var fields = Headers.tls("TLSv1.2", "A (nested) comment", "mallory", 20);
    var tls = brought(binary("192.0.2.1", "198.51.100.1", fields)).tls().orElseThrow();
    assertEquals(Optional.empty(), tls.clientSubject());
    assertEquals("TLSv1.2:Anestedcomment", tls.toString());
  }

  @Test
  void no_tls_at_the_proxy_is_no_tls() {
    var inTheClear = field(0x20, new byte[] {0, 0, 0, 0, 1});
    assertTrue(brought(binary("192.0.2.1", "198.51.100.1", inTheClear)).tls().isEmpty());
  }

  @Test
  void a_connection_has_the_name_the_proxy_gave_it() {
    var printable = binary("192.0.2.1", "198.51.100.1", field(0x05, ascii("a-1")));
    assertEquals(Optional.of("a-1"), brought(printable).connectionId());
    var other = binary("192.0.2.1", "198.51.100.1", field(0x05, new byte[] {0, (byte) 0xff}));
    assertEquals(Optional.of("00ff"), brought(other).connectionId());
  }

  @Test
  void a_sum_that_is_wrong_spoils_the_header() {
    var padded =
        binary("192.0.2.1", "198.51.100.1", field(0x04, new byte[9]), field(0x03, new byte[4]));
    assertMalformed("CRC32C", padded);
    assertEquals(CLIENT, brought(Headers.withSum(padded)).client());
    assertMalformed("CRC32C", binary("192.0.2.1", "198.51.100.1", field(0x03, new byte[3])));
  }

  @Test
  void fields_that_go_beyond_the_header_spoil_it() {
    var cut = new byte[] {0x04, 0, 9, 1};
    assertMalformed("a TLV goes beyond the header", binary("192.0.2.1", "198.51.100.1", cut));
    var within = field(0x20, new byte[] {1, 0, 0, 0, 0, 0x21, 0, 9});
    assertMalformed("a TLV goes beyond TLV SSL", binary("192.0.2.1", "198.51.100.1", within));
    var shorter = field(0x20, new byte[] {1, 0, 0});
    assertMalformed("TLV SSL is too short", binary("192.0.2.1", "198.51.100.1", shorter));
  }

  @Test
  void addresses_that_do_not_fit_spoil_it() {
    assertMalformed("too short for its addresses", binary("2111", new byte[11]));
    assertMalformed("too short for its addresses", binary("2121", new byte[35]));
    assertMalformed("not a stream", binary("2112", new byte[12]));
  }

  @Test
  void a_client_at_a_socket_of_the_proxys_host_has_no_address() {
    assertEquals(new ProxyHeader.Own(16 + 216), read(binary("2131", new byte[216])));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "EHLO client.example.org\r\n",
        "PROXY TCP6 fe80::1%1 2001:db8::1 1 2\r\n",
        "PROXY TCP6 1:2 2001:db8::1 1 2\r\n",
        "PROXY TCP4 192.0.2.1 198.51.100.1 1 65536\r\n",
        "PROXY TCP4 192.0.2.1 198.51.100.1 1 2\n",
        "PROXY TCP4 192.0.2.1 198.51.100.1 1\r2\r\n",
        "PROXY TCP4 0300.0.2.1 198.51.100.1 1 2\r\n",
        "PROXY TCP4 3221225985 198.51.100.1 1 2\r\n",
        "PROXY UNKNOWNS\r\n"
      })
  void what_is_no_header_is_malformed(String line) {
    assertInstanceOf(ProxyHeader.Malformed.class, read(ascii(line)));
  }

  @Test
  void a_line_has_107_octets_at_most() {
    var longest = "PROXY UNKNOWN " + "x".repeat(107 - 16);
    assertEquals(new ProxyHeader.Own(107), read(ascii(longest + "\r\n")));
    assertMalformed("line too long", ascii(longest + "x\r\n"));
    assertMalformed("line too long", ascii(longest + "x\r"));
    assertMalformed("line too long", ascii(longest + "xx"));
  }

  @Test
  void any_octets_at_all_are_some_answer_and_the_same_one_in_pieces() {
    var random = new Random(20_261_122);
    var samples =
        new byte[][] {
          Headers.text("192.0.2.1", "198.51.100.1"),
          binary("2001:db8::1", "2001:db8::2", Headers.tls("TLSv1.3", "X", "y", 0)),
          binary("2131", new byte[220])
        };
    for (int n = 0; n < 50_000; n++) {
      var octets = samples[random.nextInt(samples.length)].clone();
      for (int i = random.nextInt(4); i >= 0; i--)
        octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
      var whole = read(octets);
      var cut = random.nextInt(octets.length);
      var sooner = ProxyHeader.read(octets, cut);
      var seed = n;
      if (!(sooner instanceof ProxyHeader.Partial))
        assertEquals(whole, sooner, () -> "seed 20261122, case " + seed);
    }
  }
}
