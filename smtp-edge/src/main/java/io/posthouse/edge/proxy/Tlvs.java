package io.posthouse.edge.proxy;

import io.posthouse.message.TlsFacts;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// The type-length-value fields behind the addresses of version 2 (section 2.2). What is not known
/// is passed over; of a type that is there twice the last one counts.
sealed interface Tlvs {
  int AUTHORITY = 0x02;
  int CRC32C = 0x03;
  int UNIQUE_ID = 0x05;
  int SSL = 0x20;
  int SSL_VERSION = 0x21;
  int SSL_CN = 0x22;
  int SSL_CIPHER = 0x23;
  int CLIENT_USED_TLS = 0x01;

  record Unreadable(String why) implements Tlvs {}

  /// What is of use to us.
  ///
  /// @param authority the host name the client asked for
  /// @param tls if the proxy has ended the client's TLS
  record Known(Optional<String> authority, Optional<TlsFacts> tls, Optional<String> connectionId)
      implements Tlvs {
    Optional<TlsFacts> tlsFacts() {
      return tls.map(
          facts -> new TlsFacts(facts.version(), facts.cipher(), authority, facts.clientSubject()));
    }
  }

  /// The fields of a whole header, which begin at `from`.
  static Tlvs read(ByteBuffer header, int from) {
    var fields = fields(header.slice(from, header.limit() - from));
    if (fields.isEmpty()) return new Unreadable("a TLV goes beyond the header");
    var values = fields.get();
    if (values.containsKey(CRC32C) && !isIntact(header, from)) return new Unreadable("CRC32C");
    var ssl = values.get(SSL);
    if (ssl != null && ssl.remaining() < 5) return new Unreadable("TLV SSL is too short");
    var inSsl = ssl == null ? Optional.of(NONE) : fields(ssl.slice(5, ssl.limit() - 5));
    if (inSsl.isEmpty()) return new Unreadable("a TLV goes beyond TLV SSL");
    return new Known(text(values.get(AUTHORITY)), tls(ssl, inSsl.get()), id(values.get(UNIQUE_ID)));
  }

  Map<Integer, ByteBuffer> NONE = Map.of();

  /// Empty if a field is longer than what is there.
  private static Optional<Map<Integer, ByteBuffer>> fields(ByteBuffer in) {
    var fields = new LinkedHashMap<Integer, ByteBuffer>();
    while (in.hasRemaining()) {
      if (in.remaining() < 3) return Optional.empty();
      var type = in.get() & 0xff;
      var length = in.getShort() & 0xffff;
      if (in.remaining() < length) return Optional.empty();
      fields.put(type, in.slice(in.position(), length));
      in.position(in.position() + length);
    }
    return Optional.of(fields);
  }

  /// The sum is over all of the header, with four zeroes in the place of the sum.
  private static boolean isIntact(ByteBuffer header, int from) {
    var octets = new byte[header.limit()];
    header.get(0, octets);
    var in = ByteBuffer.wrap(octets);
    for (int at = from; at < octets.length; at += 3 + (in.getShort(at + 1) & 0xffff)) {
      if ((in.get(at) & 0xff) != CRC32C) continue;
      if (in.getShort(at + 1) != 4) return false;
      var told = in.getInt(at + 3);
      in.putInt(at + 3, 0);
      var sum = new CRC32C();
      sum.update(octets);
      return (int) sum.getValue() == told;
    }
    return true;
  }

  private static Optional<TlsFacts> tls(@Nullable ByteBuffer ssl, Map<Integer, ByteBuffer> fields) {
    if (ssl == null || (ssl.get(0) & CLIENT_USED_TLS) == 0) return Optional.empty();
    var verified = ssl.getInt(1) == 0;
    return Optional.of(
        new TlsFacts(
            text(fields.get(SSL_VERSION)).map(Tlvs::word).filter(w -> !w.isEmpty()).orElse("TLS"),
            text(fields.get(SSL_CIPHER)).map(Tlvs::word).orElse(""),
            Optional.empty(),
            text(fields.get(SSL_CN)).filter(_ -> verified).map(name -> "CN=" + name)));
  }

  /// What a trace line can hold.
  private static String word(String text) {
    var word = text.replaceAll("[^A-Za-z0-9._+-]", "");
    return word.substring(0, Math.min(80, word.length()));
  }

  private static Optional<String> text(@Nullable ByteBuffer value) {
    return value == null || !value.hasRemaining()
        ? Optional.empty()
        : Optional.of(StandardCharsets.UTF_8.decode(value.duplicate()).toString());
  }

  /// As text where it is printable, else in hexadecimal.
  private static Optional<String> id(@Nullable ByteBuffer value) {
    if (value == null || !value.hasRemaining()) return Optional.empty();
    var octets = new byte[value.remaining()];
    value.get(value.position(), octets);
    var text = new String(octets, StandardCharsets.US_ASCII);
    var printable = text.chars().allMatch(c -> c > ' ' && c < 127);
    return Optional.of(printable ? text : HexFormat.of().formatHex(octets));
  }
}
