package io.posthouse.edge.proxy;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/// Makes PROXY headers as proxies do.
public final class Headers {
  private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";

  private Headers() {}

  /// Version 1, of a client at `client` that has come to port 25 of `server`.
  public static byte[] text(String client, String server) {
    var family = client.contains(":") ? "TCP6" : "TCP4";
    return ascii("PROXY %s %s %s 51000 25\r\n".formatted(family, client, server));
  }

  /// Version 2, of a client at `client` that has come to port 25 of `server`.
  public static byte[] binary(String client, String server, byte[]... fields) {
    var block = new ByteArrayOutputStream();
    block.writeBytes(InetAddress.ofLiteral(client).getAddress());
    block.writeBytes(InetAddress.ofLiteral(server).getAddress());
    block.writeBytes(HexFormat.of().parseHex("c7380019"));
    for (var field : fields) block.writeBytes(field);
    return binary(client.contains(":") ? "2121" : "2111", block.toByteArray());
  }

  /// Version 2, the proxy's own connection.
  public static byte[] local() {
    return binary("2000", new byte[0]);
  }

  static byte[] binary(String about, byte[] block) {
    return ByteBuffer.allocate(16 + block.length)
        .put(HexFormat.of().parseHex(SIGNATURE + about))
        .putShort((short) block.length)
        .put(block)
        .array();
  }

  /// A field of version 2.
  public static byte[] field(int type, byte[] value) {
    return ByteBuffer.allocate(3 + value.length)
        .put((byte) type)
        .putShort((short) value.length)
        .put(value)
        .array();
  }

  /// The field that tells of TLS which the proxy has ended; `verified` is 0 if it liked the
  /// client's certificate.
  public static byte[] tls(String version, String cipher, String name, int verified) {
    var value = new ByteArrayOutputStream();
    value.write(1 | 2);
    value.writeBytes(ByteBuffer.allocate(4).putInt(verified).array());
    value.writeBytes(field(0x21, ascii(version)));
    value.writeBytes(field(0x23, ascii(cipher)));
    if (!name.isEmpty()) value.writeBytes(field(0x22, ascii(name)));
    return field(0x20, value.toByteArray());
  }

  /// `header`, whose field `CRC32C` holds four zeroes at the end, with the right sum.
  static byte[] withSum(byte[] header) {
    var sum = new CRC32C();
    sum.update(header);
    return ByteBuffer.wrap(header.clone()).putInt(header.length - 4, (int) sum.getValue()).array();
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
