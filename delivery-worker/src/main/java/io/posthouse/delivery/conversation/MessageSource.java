package io.posthouse.delivery.conversation;

import java.io.IOException;
import java.io.InputStream;

/// The message as it is sent, from its first octet, as often as it is asked for.
public interface MessageSource {
  InputStream open() throws IOException;
}
