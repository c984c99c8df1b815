package io.posthouse.ops.role;

import io.posthouse.directory.Directory;
import io.posthouse.dkim.DkimSettings;
import io.posthouse.dkim.KeyFiles;
import io.posthouse.dkim.Keyring;
import io.posthouse.dkim.Keyring.OurDomains;
import io.posthouse.dkim.Signer;
import io.posthouse.dkim.SigningKeys;
import io.posthouse.dkim.SigningMetrics;
import io.posthouse.lifecycle.CannotStartException;
import io.posthouse.mongo.Mongo;
import io.posthouse.mongo.MongoSigningKeys;
import io.posthouse.telemetry.Events;
import io.posthouse.telemetry.Metrics;
import java.time.InstantSource;
import java.util.Optional;

/// Who signs on a node: all its roles by the same keys.
public final class Signers {
  private final DkimSettings settings;
  private final SigningKeys keys;
  private final SigningMetrics metrics;
  private final InstantSource clock;

  /// @throws CannotStartException if a key file cannot be used
  Signers(DkimSettings settings, Mongo mongo, Events events, Metrics metrics, InstantSource clock) {
    this.settings = settings;
    this.keys = keys(settings, mongo, events, clock);
    this.metrics = new SigningMetrics(metrics);
    this.clock = clock;
  }

  /// Signs what others write; empty where nobody ever has a key.
  Optional<Signer> ofUsers(Directory directory) {
    return signer(OurDomains.of(directory));
  }

  /// Signs what we write ourselves, in our own name.
  Optional<Signer> ofNotices() {
    return signer(_ -> Optional.of(true));
  }

  private Optional<Signer> signer(OurDomains ours) {
    if (settings.keys().isEmpty() && !settings.directory()) return Optional.empty();
    var ring = new Keyring(keys, settings.subdomains(), ours);
    return Optional.of(new Signer(settings.rules(), ring, metrics, clock));
  }

  private static SigningKeys keys(
      DkimSettings settings, Mongo mongo, Events events, InstantSource clock) {
    var files = new KeyFiles(settings.keys(), settings.reloadEvery(), events, clock);
    return settings.directory()
        ? files.orElse(new MongoSigningKeys(mongo, settings.directorySecret(), events, clock))
        : files;
  }
}
