package io.posthouse.storage.crypt;

import io.posthouse.message.Octets;
import java.time.Instant;

/// Encrypts a message for its owner. Who, when and about what stays readable, as does all other
/// trace; what was said does not.
public final class Encryption {
  private Encryption() {}

  /// What became of a message that was to be encrypted.
  public sealed interface Result {
    /// The same message with its content encrypted; never the same octets twice.
    record Encrypted(Octets message) implements Result {}

    /// Its sender has encrypted it: it stays as it is.
    record AlreadyEncrypted() implements Result {}

    /// There is no key that could be used. Nothing was encrypted.
    record Impossible(String why) implements Result {}
  }

  /// Encrypts `message` for whoever has the keys. Keys that are expired or revoked, or not meant
  /// for encryption, are passed over; it takes one that is good.
  public static Result encrypt(Octets message, Keys keys, Instant now) {
    var clear = ClearMessage.of(message);
    if (clear.isEncrypted()) return new Result.AlreadyEncrypted();
    try {
      return new Result.Encrypted(
          switch (keys) {
            case Keys.OpenPgp pgp -> OpenPgpEncryption.encrypt(clear, pgp, now);
            case Keys.Smime smime -> SmimeEncryption.encrypt(clear, smime, now);
          });
    } catch (UnusableKeys unusable) {
      return new Result.Impossible(String.valueOf(unusable.getMessage()));
    }
  }
}
