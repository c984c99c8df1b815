package io.posthouse.delivery.attempt;

import io.posthouse.config.Settings;
import io.posthouse.outcome.MxHost;
import io.posthouse.smtp.Family;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Which families mail leaves over, and how they race.
///
/// @param stagger how long an address has to answer before the next is tried beside it (RFC 8305
///   §5)
public record Families(Use use, Duration stagger, Duration afterSilence) {
  public static final Families DEFAULT =
      new Families(Use.BOTH, Duration.ofMillis(250), Duration.ofSeconds(5));

  public enum Use {
    BOTH,
    IPV4,
    IPV6;

    /// Whether mail leaves over it.
    public boolean allows(Family family) {
      return switch (this) {
        case BOTH -> true;
        case IPV4 -> family == Family.IPV4;
        case IPV6 -> family == Family.IPV6;
      };
    }

    /// As in settings.
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Families {
    if (stagger.isNegative())
      throw new IllegalArgumentException("stagger: " + stagger + " (expected: 0 or more)");
  }

  /// Those of `addresses` that are used, in the order in which they race.
  List<MxHost> inTurn(List<MxHost> addresses, Family first) {
    var all = new ArrayList<MxHost>();
    var leading =
        addresses.stream().filter(mx -> mx.family() == first && use.allows(first)).iterator();
    var following =
        addresses.stream().filter(mx -> mx.family() != first && use.allows(mx.family())).iterator();
    while (leading.hasNext() || following.hasNext()) {
      if (leading.hasNext()) all.add(leading.next());
      if (following.hasNext()) all.add(following.next());
    }
    return all;
  }

  /// Reads section `delivery.families`.
  public static Families read(Settings in) {
    return new Families(
        in.about(
                "which families mail leaves over; with both, one that this node has no road to is left out by itself")
            .choice("use", Use.class, DEFAULT.use()),
        in.about("after which the next address is tried beside one that has not answered yet")
            .duration("stagger", Duration.ofMillis(10), Duration.ofMinutes(1), DEFAULT.stagger()),
        in.about("for a connection where all families were silent at another host of the site")
            .duration(
                "after_silence",
                Duration.ofMillis(10),
                Duration.ofMinutes(5),
                DEFAULT.afterSilence()));
  }
}
