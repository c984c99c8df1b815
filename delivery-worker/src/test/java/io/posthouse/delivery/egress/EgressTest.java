package io.posthouse.delivery.egress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.address.Domain;
import io.posthouse.outcome.MxHost;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EgressTest {
  private final Set<String> missing = new HashSet<>();
  private final Egress egress =
      new Egress("node.example.org", address -> !missing.contains(address.getHostAddress()));

  @Test
  void without_a_pool_the_system_chooses_and_the_node_is_named() {
    assertEquals(
        new Source.From(Optional.empty(), "node.example.org"),
        egress.towards(mx("192.0.2.25"), EgressPool.ANY));
  }

  @Test
  void a_connection_comes_from_the_pool_under_the_name_of_its_address() {
    var pool = pool("198.51.100.1 out1.example.org", "2001:db8::1");
    assertEquals(from("198.51.100.1", "out1.example.org"), egress.towards(mx("192.0.2.25"), pool));
    assertEquals(from("2001:db8::1", "pool.example.org"), egress.towards(mx("2001:db8::25"), pool));
  }

  @Test
  void a_pool_of_one_family_leaves_the_other_to_the_system() {
    assertEquals(
        new Source.From(Optional.empty(), "pool.example.org"),
        egress.towards(mx("192.0.2.25"), pool("2001:db8::1")));
  }

  @Test
  void an_address_that_this_node_lacks_is_passed_over() {
    missing.add("198.51.100.1");
    for (int host = 1; host < 50; host++)
      assertEquals(
          from("198.51.100.2", "pool.example.org"),
          egress.towards(mx("192.0.2." + host), pool("198.51.100.1", "198.51.100.2")));
  }

  @Test
  void what_this_node_lacks_is_counted_once() {
    missing.add("198.51.100.1");
    var pools = List.of(pool("198.51.100.1", "198.51.100.2"), pool("198.51.100.1"));
    assertEquals(1, egress.missing(pools));
  }

  @Test
  void a_family_of_which_this_node_has_no_address_has_no_road_and_says_why() {
    missing.add("198.51.100.1");
    var nowhere =
        assertInstanceOf(
            Source.Nowhere.class, egress.towards(mx("192.0.2.25"), pool("198.51.100.1")));
    assertEquals("this node has no ipv4 address of the egress pool news", nowhere.why());
  }

  @Test
  void hosts_are_spread_over_the_pool_and_each_keeps_its_address() {
    var pool = pool("198.51.100.1", "198.51.100.2", "198.51.100.3", "198.51.100.4");
    var shares = new HashMap<Source, Integer>();
    for (int host = 0; host < 1000; host++) {
      var mx = mx("192.0." + host / 250 + "." + host % 250);
      assertEquals(egress.towards(mx, pool), egress.towards(mx, pool));
      shares.merge(egress.towards(mx, pool), 1, Integer::sum);
    }
    assertEquals(4, shares.size());
    shares.values().forEach(share -> assertTrue(share > 150, shares::toString));
  }

  @Test
  void an_address_that_goes_moves_only_its_own_hosts() {
    var pool = pool("198.51.100.1", "198.51.100.2", "198.51.100.3", "198.51.100.4");
    var before = new HashMap<MxHost, Source>();
    for (int host = 0; host < 250; host++) {
      var mx = mx("192.0.2." + host);
      before.put(mx, egress.towards(mx, pool));
    }
    missing.add("198.51.100.3");
    before.forEach((mx, source) -> {
      if (!source.equals(from("198.51.100.3", "pool.example.org")))
        assertEquals(source, egress.towards(mx, pool));
    });
  }

  @Test
  void this_node_has_loopback_and_not_what_is_documentation() {
    var own = new OwnAddresses();
    assertTrue(own.has(InetAddress.ofLiteral("127.0.0.9")));
    assertFalse(own.has(InetAddress.ofLiteral("192.0.2.1")));
    assertFalse(own.has(InetAddress.ofLiteral("2001:db8::1")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "mx.example.net", "192.0.2.1 a b", "192.0.2.1 no_host!"})
  void what_is_no_address_of_ours_is_refused(String text) {
    assertThrows(IllegalArgumentException.class, () -> EgressAddress.parse(text));
  }

  private static EgressPool pool(String... addresses) {
    return new EgressPool(
        "news",
        Arrays.stream(addresses).map(EgressAddress::parse).collect(Collectors.toList()),
        Optional.of(new Domain("pool.example.org")));
  }

  private static Source from(String address, String helo) {
    return new Source.From(Optional.of(InetAddress.ofLiteral(address)), helo);
  }

  private static MxHost mx(String address) {
    return new MxHost("mx.example.net", InetAddress.ofLiteral(address), 25);
  }
}
