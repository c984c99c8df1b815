package io.posthouse.message;

import java.io.IOException;
import java.io.InputStream;

/// A message as it is sent, our trace and the content, from its first octet, as often as it is
/// asked for.
public interface MessageSource {
  InputStream open() throws IOException;
}
