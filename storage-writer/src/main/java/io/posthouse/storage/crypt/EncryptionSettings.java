package io.posthouse.storage.crypt;

import io.posthouse.config.Settings;

/// The section `storage.encryption`.
public record EncryptionSettings(OnFailure onFailure) {
  public static final EncryptionSettings DEFAULT = new EncryptionSettings(OnFailure.DEAD_LETTER);

  public static EncryptionSettings read(Settings in) {
    return new EncryptionSettings(
        in.about("what becomes of mail that cannot be encrypted for a user who wants it encrypted")
            .choice("on_failure", OnFailure.class, DEFAULT.onFailure()));
  }
}
