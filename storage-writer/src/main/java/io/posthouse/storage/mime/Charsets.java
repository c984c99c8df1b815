package io.posthouse.storage.mime;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Optional;

final class Charsets {
  private Charsets() {}

  /// A charset we can decode, by a name somebody sent.
  static Optional<Charset> named(String name) {
    try {
      return Optional.of(Charset.forName(name.strip()));
    } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
      return Optional.empty();
    } catch (IllegalArgumentException empty) {
      return Optional.empty();
    }
  }
}
