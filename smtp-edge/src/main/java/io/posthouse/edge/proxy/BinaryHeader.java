package io.posthouse.edge.proxy;

import io.posthouse.edge.proxy.ProxyHeader.Brought;
import io.posthouse.edge.proxy.ProxyHeader.Malformed;
import io.posthouse.edge.proxy.ProxyHeader.Own;
import io.posthouse.edge.proxy.ProxyHeader.Partial;
import io.posthouse.message.Endpoint;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/// Version 2: a signature, what it is about, a length, and that many octets of addresses and TLVs.
final class BinaryHeader {
  static final int SHORTEST = 16;
  static final byte FIRST_OCTET = '\r';
  private static final byte[] SIGNATURE = {
    '\r', '\n', '\r', '\n', 0, '\r', '\n', 'Q', 'U', 'I', 'T', '\n'
  };
  private static final int VERSION = 2;
  private static final int LOCAL = 0;
  private static final int PROXY = 1;
  private static final int STREAM = 1;

  private BinaryHeader() {}

  static ProxyHeader read(byte[] seen) {
    for (int i = 0; i < Math.min(seen.length, SIGNATURE.length); i++)
      if (seen[i] != SIGNATURE[i]) return new Malformed("no PROXY header");
    if (seen.length < SHORTEST) return new Partial();
    var octets = ByteBuffer.wrap(seen);
    var about = octets.get(12) & 0xff;
    if (about >> 4 != VERSION) return new Malformed("version " + (about >> 4));
    var length = SHORTEST + (octets.getShort(14) & 0xffff);
    if (seen.length < length) return new Partial();
    return switch (about & 0xf) {
      // The block after the length is to be skipped, the family included.
      case LOCAL -> new Own(length);
      case PROXY -> brought(octets.limit(length).slice());
      default -> new Malformed("command " + (about & 0xf));
    };
  }

  private static ProxyHeader brought(ByteBuffer header) {
    var family = header.get(13) >> 4 & 0xf;
    var transport = header.get(13) & 0xf;
    if (family > 3 || transport > 2) return new Malformed("family " + family + ":" + transport);
    if (family == 0 || transport == 0) return new Own(header.limit());
    if (transport != STREAM) return new Malformed("not a stream");
    return switch (family) {
      case 1 -> brought(header, 4);
      case 2 -> brought(header, 16);
      // A client at a socket of the proxy's own host has no address that we could go by.
      default -> new Own(header.limit());
    };
  }

  private static ProxyHeader brought(ByteBuffer header, int addressLength) {
    var ports = SHORTEST + 2 * addressLength;
    if (header.limit() < ports + 4) return new Malformed("too short for its addresses");
    var client = endpoint(header, SHORTEST, addressLength, ports);
    var server = endpoint(header, SHORTEST + addressLength, addressLength, ports + 2);
    return switch (Tlvs.read(header, ports + 4)) {
      case Tlvs.Unreadable(var why) -> new Malformed(why);
      case Tlvs.Known known ->
          new Brought(header.limit(), client, server, known.tlsFacts(), known.connectionId());
    };
  }

  private static Endpoint endpoint(ByteBuffer header, int at, int length, int port) {
    var octets = new byte[length];
    header.get(at, octets);
    try {
      return new Endpoint(InetAddress.getByAddress(octets), header.getShort(port) & 0xffff);
    } catch (UnknownHostException neverForTheseLengths) {
      throw new IllegalStateException(neverForTheseLengths);
    }
  }
}
