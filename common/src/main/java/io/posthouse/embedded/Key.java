package io.posthouse.embedded;

import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// What a document or an index entry is found by: one or more BSON values, each its type and its
/// bytes, one after the other. As every value says where it ends, the key of some leading fields is
/// a prefix of the key of all of them.
final class Key implements Comparable<Key> {
  static final Key EMPTY = new Key(new byte[0]);

  /// Longer values (a whole text in a text index) take part by their digest; queries look at the
  /// document anyway.
  private static final int LONGEST_VALUE = 256;

  private static final int DIGEST = 0xF5; // no BSON type

  private final byte[] bytes;

  Key(byte[] bytes) {
    this.bytes = bytes;
  }

  /// Numbers that MongoDB holds equal (`1`, `1.0`) give equal keys.
  static Key of(@Nullable Object value) {
    var normal = new KeyValue(new Object[] {value}).normalized().get(0);
    var buffer = Unpooled.buffer(32);
    var type = BsonEncoder.determineType(normal);
    buffer.writeByte(type);
    BsonEncoder.encodeValue(type, normal, buffer);
    var encoded = ByteBufUtil.getBytes(buffer);
    return new Key(encoded.length > LONGEST_VALUE ? digest(encoded) : encoded);
  }

  Key plus(Key more) {
    var both = Arrays.copyOf(bytes, bytes.length + more.bytes.length);
    System.arraycopy(more.bytes, 0, both, bytes.length, more.bytes.length);
    return new Key(both);
  }

  boolean startsWith(Key prefix) {
    var length = prefix.bytes.length;
    return bytes.length >= length && Arrays.equals(bytes, 0, length, prefix.bytes, 0, length);
  }

  byte[] bytes() {
    return bytes;
  }

  @Override
  public int compareTo(Key other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Key key && Arrays.equals(bytes, key.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes);
  }

  private static byte[] digest(byte[] encoded) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(encoded);
      var key = new byte[1 + digest.length];
      key[0] = (byte) DIGEST;
      System.arraycopy(digest, 0, key, 1, digest.length);
      return key;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }
}
