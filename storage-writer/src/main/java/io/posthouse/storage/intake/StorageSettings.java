package io.posthouse.storage.intake;

import io.posthouse.config.ByteSize;
import io.posthouse.config.Settings;
import io.posthouse.storage.crypt.EncryptionSettings;
import java.util.Optional;

/// The section `storage`.
///
/// @param writers batches being stored at a time
/// @param batchMessages most messages in one
/// @param batchSize most octets in one; a longer message is a batch of its own
/// @param encryption of mail for those who want it
/// @param handover who stores whose mail
/// @param redis through which sessions are woken; without it they see new mail when they look
public record StorageSettings(
    int writers,
    int batchMessages,
    ByteSize batchSize,
    EncryptionSettings encryption,
    HandoverSettings handover,
    Optional<RedisSettings> redis) {
  public static final StorageSettings DEFAULT =
      new StorageSettings(
          4,
          250,
          ByteSize.mib(16),
          EncryptionSettings.DEFAULT,
          HandoverSettings.NONE,
          Optional.empty());

  public static StorageSettings read(Settings in) {
    return new StorageSettings(
        in.about("batches being stored at a time").integer("writers", 1, 64, DEFAULT.writers()),
        in.about("most messages in one batch")
            .integer("batch_messages", 1, 1_000, DEFAULT.batchMessages()),
        in.about("most octets in one batch; a longer message is a batch of its own")
            .size("batch_size", ByteSize.mib(1), ByteSize.mib(256), DEFAULT.batchSize()),
        EncryptionSettings.read(in.section("encryption")),
        HandoverSettings.read(in),
        RedisSettings.read(in.section("redis")));
  }

  Lanes.Most most() {
    return new Lanes.Most(batchMessages, batchSize.bytes(), writers * batchSize.bytes());
  }
}
