package io.posthouse.edge.limits;

import io.posthouse.edge.session.Refusal;
import java.net.InetAddress;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Who has asked how much of this node, by address and by network: at a time, and over time. Nobody
/// is refused for good: a client that brings too much brings it later.
///
/// What is remembered of addresses that have gone is bounded, see [RateTable]. Safe for many
/// threads.
public final class FairUse {
  private static final Refusal CONNECTIONS =
      Refusal.of("connections", 421, "4.7.0", "Too many connections, come back later");
  private static final Refusal CONNECTION_RATE =
      Refusal.of("connection_rate", 421, "4.7.0", "Too many connections in a short time");
  private static final Refusal ERRORS_BEFORE =
      Refusal.of("error_rate", 421, "4.7.0", "Too many errors, come back later");
  private static final Refusal ERRORS =
      Refusal.of("error_rate", 450, "4.7.1", "Too many errors, try again later");
  private static final Refusal MESSAGES =
      Refusal.of("message_rate", 450, "4.7.1", "Too many messages in a short time");
  private static final Refusal RECIPIENTS =
      Refusal.of("recipient_rate", 452, "4.7.1", "Too many recipients in a short time");

  private final FairUseSettings settings;
  private final LongSupplier nanoClock;
  private final Keys keys;
  private final Tally addresses;
  private final Tally networks;

  public FairUse(FairUseSettings settings, LongSupplier nanoClock) {
    this(settings, nanoClock, Keys.random());
  }

  FairUse(FairUseSettings settings, LongSupplier nanoClock, Keys keys) {
    this.settings = settings;
    this.nanoClock = nanoClock;
    this.keys = keys;
    this.addresses = new Tally(settings.address(), settings.remembered());
    this.networks = new Tally(settings.network(), settings.remembered());
  }

  /// May a client come in?
  sealed interface Admission {
    /// It may.
    ///
    /// @param visitor has to [Visitor#leave]
    record Welcome(Visitor visitor) implements Admission {}

    record Turned(Refusal refusal) implements Admission {}
  }

  /// For a client that is still to come.
  public Place place() {
    return new Place(this);
  }

  /// A client has come.
  Admission enter(InetAddress client) {
    if (settings.isExempt(client)) return new Admission.Welcome(Visitor.UNCOUNTED);
    return enter(keys.ofHost(client), keys.ofNetwork(client));
  }

  private Admission enter(long host, long network) {
    var now = nanoClock.getAsLong();
    if (addresses.isAtFault(host, now) || networks.isAtFault(network, now))
      return new Admission.Turned(ERRORS_BEFORE);
    if (!addresses.opened(host, now) || !networks.opened(network, now))
      return new Admission.Turned(CONNECTION_RATE);
    if (!addresses.present().enter(host)) return new Admission.Turned(CONNECTIONS);
    if (!networks.present().enter(network)) {
      addresses.present().leave(host);
      return new Admission.Turned(CONNECTIONS);
    }
    return new Admission.Welcome(new Counted(host, network));
  }

  /// One who is counted, at his address and his network.
  private final class Counted implements Visitor {
    private final long host;
    private final long network;

    private Counted(long host, long network) {
      this.host = host;
      this.network = network;
    }

    @Override
    public boolean isCounted() {
      return true;
    }

    @Override
    public Optional<Refusal> message() {
      var now = nanoClock.getAsLong();
      return addresses.message(host, now) && networks.message(network, now)
          ? Optional.empty()
          : Optional.of(MESSAGES);
    }

    @Override
    public Optional<Refusal> recipient() {
      var now = nanoClock.getAsLong();
      if (addresses.isAtFault(host, now) || networks.isAtFault(network, now))
        return Optional.of(ERRORS);
      return addresses.recipient(host, now) && networks.recipient(network, now)
          ? Optional.empty()
          : Optional.of(RECIPIENTS);
    }

    @Override
    public void erred() {
      var now = nanoClock.getAsLong();
      addresses.erred(host, now);
      networks.erred(network, now);
    }

    @Override
    public void leave() {
      addresses.present().leave(host);
      networks.present().leave(network);
    }
  }
}
