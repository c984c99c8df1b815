package io.posthouse.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.dns.Proofs;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DnsSettingsTest {
  private static final String ANCHOR =
      "example.net. IN DS 20326 8 2 E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D";

  @Test
  void resolvers_of_the_system_prove_nothing_for_they_may_be_forwarders() throws Exception {
    assertEquals(new Proofs.None(), read().proofs());
  }

  @Test
  void resolvers_that_are_named_and_on_loopback_are_believed() throws Exception {
    assertEquals(
        new Proofs.TrustedResolvers(), read("servers=[127.0.0.1, \"[::1]:5353\"]").proofs());
    assertEquals(new Proofs.None(), read("servers=[127.0.0.1, 192.0.2.1]").proofs());
    assertEquals(new Proofs.None(), read("servers=[127.0.0.1]", "dnssec=off").proofs());
  }

  @ParameterizedTest
  @ValueSource(strings = {"servers=[192.0.2.1]", "servers=[]", "servers=[127.0.0.1.example.net]"})
  void resolvers_elsewhere_are_believed_only_where_the_operator_says_that_the_way_is_safe(
      String servers) throws Exception {
    var refused = assertThrows(ConfigException.class, () -> read(servers, "dnssec=trust_ad"));
    assertTrue(
        refused
            .problems()
            .toString()
            .contains("dns.dnssec: trust_ad of resolvers that are not on loopback"),
        refused.problems().toString());
    assertEquals(
        new Proofs.TrustedResolvers(),
        read(servers, "dnssec=trust_ad", "trusted_path=true").proofs());
  }

  @Test
  void signatures_are_checked_from_the_keys_that_the_operator_trusts() throws Exception {
    assertEquals(new Proofs.Validation(List.of()), read("dnssec=validate").proofs());
    assertEquals(
        new Proofs.Validation(List.of(ANCHOR)),
        read("dnssec=validate", "trust_anchors=[\"" + ANCHOR + "\"]").proofs());
  }

  @Test
  void an_anchor_that_is_no_ds_record_is_a_problem() {
    var refused = assertThrows(ConfigException.class, () -> read("trust_anchors=[example.net]"));
    assertTrue(
        refused.problems().toString().contains("dns.trust_anchors"), refused.problems().toString());
  }

  private static DnsSettings read(String... keys) throws ConfigException {
    var overrides = List.of(keys).stream().map(key -> "dns." + key).toList();
    return SettingsFile.defaults()
        .with(overrides)
        .read(in -> DnsSettings.read(in.section("dns")))
        .settings();
  }
}
