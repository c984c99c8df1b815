package io.posthouse.delivery;

import io.posthouse.address.Domain;
import io.posthouse.config.Form;
import io.posthouse.config.Settings;
import io.posthouse.delivery.egress.EgressAddress;
import io.posthouse.delivery.egress.EgressPool;
import io.posthouse.delivery.routing.EgressChoice;
import io.posthouse.smtp.Family;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Where mail leaves from: section `delivery.egress:`.
///
/// @param pools by name
/// @param choice for senders whose route names none
record EgressSettings(Map<String, EgressPool> pools, EgressChoice choice) {
  /// The pool of everybody who has no other.
  private static final String DEFAULT = "default";

  EgressSettings {
    pools = Map.copyOf(pools);
  }

  private record Written(EgressPool pool, List<String> senders) {}

  /// @param in section `delivery:`
  static EgressSettings read(Settings in) {
    var pools = new LinkedHashMap<String, EgressPool>();
    var bySender = new HashMap<String, EgressPool>();
    in.map("egress", EgressSettings::written)
        .forEach((name, written) -> {
          var pool = new EgressPool(name, written.pool().addresses(), written.pool().helo());
          pools.put(name, pool);
          written.senders().forEach(pattern -> bySender.put(pattern, pool));
        });
    var otherwise = pools.getOrDefault(DEFAULT, EgressPool.ANY);
    return new EgressSettings(pools, new EgressChoice(bySender, otherwise));
  }

  private static Written written(Settings in) {
    var addresses = new ArrayList<EgressAddress>();
    addresses.addAll(addresses(in, "ipv4", Family.IPV4));
    addresses.addAll(addresses(in, "ipv6", Family.IPV6));
    var helo =
        in.about("what EHLO says from addresses without a name; by default this node's")
            .optional("helo", Form.of("a host name", Domain::new));
    var senders =
        in.about("whose mail leaves from here: addresses, domains, *.domains, <>")
            .strings("senders", List.of());
    // Bad patterns are told here, where their line is known.
    var _ = new EgressChoice(asKeys(senders), EgressPool.ANY);
    return new Written(new EgressPool(DEFAULT, addresses, helo), senders);
  }

  private static Map<String, EgressPool> asKeys(List<String> senders) {
    var keys = new HashMap<String, EgressPool>();
    senders.forEach(pattern -> keys.put(pattern, EgressPool.ANY));
    return keys;
  }

  private static List<EgressAddress> addresses(Settings in, String key, Family family) {
    return in.about("addresses of this platform, each with its name in EHLO if it has one")
        .list(
            key,
            Form.of("an " + family + " address, perhaps with a name", text -> of(text, family)),
            List.of());
  }

  private static EgressAddress of(String text, Family family) {
    var address = EgressAddress.parse(text);
    if (address.family() != family) throw new IllegalArgumentException("family: " + text);
    return address;
  }
}
