package io.posthouse.dkim;

import io.posthouse.address.Domain;
import io.posthouse.dkim.DkimSettings.KeyFile;
import io.posthouse.lifecycle.CannotStartException;
import io.posthouse.telemetry.Events;
import io.posthouse.telemetry.MailEvent;
import io.posthouse.telemetry.SigningKeyState;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// Keys in files, as they are now: they are looked at again when one is asked for and some time has
/// passed. Where a new file cannot be used, the key we have stays.
public final class KeyFiles implements SigningKeys {
  private final List<KeyFile> files;
  private final Duration reloadEvery;
  private final Events events;
  private final InstantSource clock;
  private final ReentrantLock looking = new ReentrantLock();
  private volatile Instant looked;
  private volatile Map<KeyFile, Held> held;

  /// @param text what the file held when we looked last, whether it could be used or not
  private record Held(String text, SigningKey key) {}

  /// Reads all of them.
  ///
  /// @throws CannotStartException if one cannot be used
  public KeyFiles(List<KeyFile> files, Duration reloadEvery, Events events, InstantSource clock) {
    this.files = List.copyOf(files);
    this.reloadEvery = reloadEvery;
    this.events = events;
    this.clock = clock;
    this.held = Map.of();
    this.held = first();
    this.looked = clock.instant();
  }

  @Override
  public Found of(Domain domain) {
    return found(Optional.of(domain));
  }

  @Override
  public Found ofAnyDomain() {
    return found(Optional.empty());
  }

  private Found found(Optional<Domain> domain) {
    refresh();
    var now = held;
    var keys =
        files.stream()
            .filter(file -> file.domain().equals(domain))
            .flatMap(file -> Optional.ofNullable(now.get(file)).stream())
            .map(Held::key)
            .toList();
    return keys.isEmpty() ? new Found.NoKey() : new Found.Keys(keys);
  }

  private Map<KeyFile, Held> first() {
    var all = new LinkedHashMap<KeyFile, Held>();
    for (var file : files) {
      try {
        var text = Files.readString(file.file());
        all.put(file, new Held(text, key(file, text)));
      } catch (IOException | IllegalArgumentException e) {
        throw new CannotStartException(
            "dkim: %s: %s (see dkim.keys)".formatted(file.file(), why(e)), e);
      }
    }
    return all;
  }

  /// One looks, the others go on with what there is.
  private void refresh() {
    if (clock.instant().isBefore(looked.plus(reloadEvery)) || !looking.tryLock()) return;
    try {
      var all = new LinkedHashMap<>(held);
      all.replaceAll(this::again);
      held = all;
      looked = clock.instant();
    } finally {
      looking.unlock();
    }
  }

  private Held again(KeyFile file, Held before) {
    var text = before.text();
    try {
      text = Files.readString(file.file());
      if (text.equals(before.text())) return before;
      var now = new Held(text, key(file, text));
      tell(file, SigningKeyState.TAKEN, Optional.empty());
      return now;
    } catch (IOException e) {
      // It may be about to be written.
      if (!before.text().isEmpty()) tell(file, SigningKeyState.UNUSABLE, Optional.of(why(e)));
      return new Held("", before.key());
    } catch (IllegalArgumentException e) {
      tell(file, SigningKeyState.UNUSABLE, Optional.of(why(e)));
      return new Held(text, before.key());
    }
  }

  private SigningKey key(KeyFile file, String text) {
    var key = new SigningKey(file.selector(), PrivateKeys.read(text));
    if (key.isWeak())
      tell(file, SigningKeyState.WEAK, Optional.of("RSA of fewer than 2048 bits (RFC 8301)"));
    return key;
  }

  private void tell(KeyFile file, SigningKeyState state, Optional<String> why) {
    var text = why.map(w -> file.file() + ": " + w);
    events.record(new MailEvent.SigningKeySeen(file.who(), file.selector(), state, text));
  }

  private static String why(Exception e) {
    return e instanceof IOException
        ? "cannot be read (" + e.getClass().getSimpleName() + ")"
        : String.valueOf(e.getMessage());
  }
}
