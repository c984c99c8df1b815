package io.posthouse.edge.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.message.Endpoint;
import io.posthouse.vectors.Vectors;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/// Headers that other implementations are tested with.
class ProxyVectorsTest {
  private static final Set<String> WITH_ADDRESSES = Set.of("TCP4", "TCP6", "INET", "INET6");

  @Test
  void headers_are_read_as_others_read_them() {
    var tested = 0;
    for (var one : Vectors.list("proxy-protocol/vectors.json", "vectors")) {
      var octets = HexFormat.of().parseHex(one.getString("hex"));
      check(one, ProxyHeader.read(octets, octets.length), octets.length);
      checkInPieces(one, octets);
      tested++;
    }
    System.out.printf("proxy-protocol/vectors.json: %d cases%n", tested);
    assertTrue(tested >= 104);
  }

  private static void check(Document one, ProxyHeader header, int count) {
    var id = one.getString("id");
    var expected = one.get("expect", Document.class);
    if (!expected.getBoolean("valid")) {
      // Version 2 begins with CRLF, so who reads both versions has to wait for more.
      var mayBecomeVersion2 = one.getString("hex").equals("0d0a");
      var incomplete = count == 0 || mayBecomeVersion2 || one.toJson().contains("incomplete");
      if (incomplete) assertInstanceOf(ProxyHeader.Partial.class, header, id);
      else assertInstanceOf(ProxyHeader.Malformed.class, header, id);
      return;
    }
    var length = expected.getInteger("header_length", count);
    var isOwn =
        "LOCAL".equals(expected.getString("command"))
            || "UNSPEC".equals(expected.getString("transport"))
            || !WITH_ADDRESSES.contains(expected.getString("family"));
    if (isOwn) assertEquals(new ProxyHeader.Own(length), header, id);
    else checkBrought(expected, assertInstanceOf(ProxyHeader.Brought.class, header, id), length);
  }

  private static void checkBrought(Document expected, ProxyHeader.Brought header, int length) {
    assertEquals(length, header.length());
    assertEquals(endpoint(expected, "source"), header.client());
    assertEquals(endpoint(expected, "destination"), header.server());
    if (expected.getList("tlv", Object.class, List.of()).size() < 4) return;
    assertEquals("UNIQUE_ID", header.connectionId().orElseThrow());
    var tls = header.tls().orElseThrow();
    assertEquals("TLSv1.2:ECDHE-RSA-AES256-GCM-SHA384", tls.toString());
    assertEquals("AUTHORITY", tls.serverName().orElseThrow());
  }

  private static Endpoint endpoint(Document expected, String end) {
    return new Endpoint(
        InetAddress.ofLiteral(expected.getString(end)), expected.getInteger(end + "_port"));
  }

  /// What is valid is partial until its last octet, and never something else before.
  private static void checkInPieces(Document one, byte[] octets) {
    var whole = ProxyHeader.read(octets, octets.length);
    for (int count = 0; count < octets.length; count++) {
      var sooner = ProxyHeader.read(octets, count);
      if (sooner instanceof ProxyHeader.Partial) continue;
      assertEquals(whole, sooner, one.getString("id") + " at " + count);
      assertNotEquals(0, count);
    }
  }
}
