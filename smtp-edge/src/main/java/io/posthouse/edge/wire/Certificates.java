package io.posthouse.edge.wire;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.handler.ssl.SniHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.DomainWildcardMappingBuilder;
import io.netty.util.Mapping;
import io.netty.util.ReferenceCountUtil;
import io.posthouse.config.TlsSettings;
import io.posthouse.config.TlsSettings.Identity;
import io.posthouse.lifecycle.CannotStartException;
import io.posthouse.telemetry.Events;
import io.posthouse.telemetry.MailEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Our certificates, as their files are now. A client that asks for a name of one of them gets that
/// one, all others get the default. New files are for new handshakes; sessions that are open go on.
public final class Certificates {
  private final Identity byDefault;
  private final List<Identity> others;
  private final Optional<Path> clientAuthorities;
  private final Duration reloadEvery;
  private final Events events;
  private volatile Loaded loaded;
  private Map<Path, byte[]> seen;

  private record Loaded(
      Certificate byDefault,
      List<Certificate> others,
      Mapping<String, SslContext> byName,
      Optional<ClientTrust> clientTrust) {
    private Loaded(
        Certificate byDefault, List<Certificate> others, Optional<ClientTrust> clientTrust) {
      this(byDefault, others, byName(byDefault, others), clientTrust);
    }

    private static Mapping<String, SslContext> byName(
        Certificate byDefault, List<Certificate> others) {
      var mapping = new DomainWildcardMappingBuilder<>(byDefault.context());
      for (var other : others) other.names().forEach(name -> mapping.add(name, other.context()));
      return mapping.build();
    }

    private Stream<Certificate> all() {
      return Stream.concat(Stream.of(byDefault), others.stream());
    }
  }

  private Certificates(Identity byDefault, TlsSettings settings, Events events) {
    this.byDefault = byDefault;
    this.others = settings.others();
    this.clientAuthorities = settings.clientAuthorities();
    this.reloadEvery = settings.reloadEvery();
    this.events = events;
    this.loaded = load();
    this.seen = files();
  }

  /// Those of the settings, if there are any.
  ///
  /// @throws CannotStartException if one cannot be used
  public static Optional<Certificates> of(TlsSettings settings, Events events) {
    return settings.identity().map(identity -> new Certificates(identity, settings, events));
  }

  /// When the first of them ends.
  public Instant expires() {
    return loaded.all().map(Certificate::expires).min(Instant::compareTo).orElseThrow();
  }

  /// Whose certificates of clients we believe, if anybody's.
  public Optional<ClientTrust> clientTrust() {
    return loaded.clientTrust();
  }

  Duration reloadEvery() {
    return reloadEvery;
  }

  /// Takes new certificates if the files have changed and can be used; else those we have stay.
  /// Waits for the disk.
  public synchronized void refresh() {
    var now = files();
    if (isSame(now, seen)) return;
    seen = now;
    try {
      var before = loaded;
      loaded = load();
      events.record(new MailEvent.CertificatesReloaded(Optional.empty()));
      // A handshake may be about to begin with one of them.
      CompletableFuture.delayedExecutor(1, TimeUnit.MINUTES)
          .execute(() -> before.all().forEach(old -> ReferenceCountUtil.release(old.context())));
    } catch (CannotStartException e) {
      events.record(
          new MailEvent.CertificatesReloaded(Optional.of(String.valueOf(e.getMessage()))));
    }
  }

  /// What makes TLS of a connection.
  ///
  /// @param asks the client for a certificate
  ChannelHandler handler(Channel channel, Duration handshake, boolean asks) {
    var now = loaded;
    return now.others().isEmpty()
        ? Tls.handler(now.byDefault().context(), channel.alloc(), handshake, asks)
        : new ByName(now.byName(), handshake, asks);
  }

  /// Looks at the name that a client asks for.
  private static final class ByName extends SniHandler {
    private final Duration handshake;
    private final boolean asks;

    private ByName(Mapping<String, SslContext> contexts, Duration handshake, boolean asks) {
      super(contexts, 0, handshake.toMillis());
      this.handshake = handshake;
      this.asks = asks;
    }

    @Override
    protected SslHandler newSslHandler(SslContext context, ByteBufAllocator allocator) {
      return Tls.handler(context, allocator, handshake, asks);
    }
  }

  private Loaded load() {
    var asks = clientAuthorities.isPresent();
    return new Loaded(
        Certificate.read(byDefault, asks),
        others.stream().map(other -> Certificate.read(other, asks)).toList(),
        clientAuthorities.map(ClientTrust::read));
  }

  /// What the files hold; nothing for one that cannot be read.
  private Map<Path, byte[]> files() {
    var files = new LinkedHashMap<Path, byte[]>();
    Stream.concat(Stream.of(byDefault), others.stream())
        .flatMap(identity -> Stream.of(identity.certificate(), identity.key()))
        .forEach(file -> files.put(file, octets(file)));
    clientAuthorities.ifPresent(file -> files.put(file, octets(file)));
    return files;
  }

  private static byte[] octets(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException unreadable) {
      return new byte[0];
    }
  }

  private static boolean isSame(Map<Path, byte[]> now, Map<Path, byte[]> before) {
    return now.entrySet().stream()
        .allMatch(file -> Arrays.equals(file.getValue(), before.get(file.getKey())));
  }
}
