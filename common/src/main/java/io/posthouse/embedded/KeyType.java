package io.posthouse.embedded;

import java.nio.ByteBuffer;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;

/// How the file holds a [Key]: its length and its bytes.
final class KeyType extends BasicDataType<Key> {
  static final KeyType INSTANCE = new KeyType();

  private KeyType() {}

  @Override
  public int compare(Key a, Key b) {
    return a.compareTo(b);
  }

  @Override
  public int getMemory(Key key) {
    return 32 + key.bytes().length; // and two object headers
  }

  @Override
  public void write(WriteBuffer buffer, Key key) {
    buffer.putVarInt(key.bytes().length).put(key.bytes());
  }

  @Override
  public Key read(ByteBuffer buffer) {
    var bytes = new byte[DataUtils.readVarInt(buffer)];
    buffer.get(bytes);
    return new Key(bytes);
  }

  @Override
  public Key[] createStorage(int size) {
    return new Key[size];
  }
}
