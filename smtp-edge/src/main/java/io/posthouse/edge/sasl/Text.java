package io.posthouse.edge.sasl;

import io.posthouse.message.Octets;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Text in responses, which is UTF-8 (RFC 4616 §2, RFC 5802 §5.1).
final class Text {
  private Text() {}

  /// The text, exactly; empty where the octets are no UTF-8, as a password with replaced characters
  /// would be another password.
  static Optional<String> of(Octets octets) {
    try {
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(octets.buffer()).toString());
    } catch (CharacterCodingException noUtf8) {
      return Optional.empty();
    }
  }
}
