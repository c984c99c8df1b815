package io.posthouse.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SiteNameTest {
  @Test
  void a_name_that_is_not_long_is_as_it_is() {
    var name = "mx1.example.net:25,mx2.example.net:25";
    assertEquals(name, SiteName.of(name).text());
    assertEquals(List.of("mx1.example.net", "mx2.example.net"), SiteName.of(name).hosts());
  }

  @Test
  void of_very_many_hosts_the_first_are_named_and_the_others_counted() {
    var name = SiteName.of(hosts(100, "example.net"));
    assertTrue(name.text().length() <= SiteName.LONGEST, name.text());
    assertTrue(name.text().startsWith("mx0.example.net:25,mx1.example.net:25,"), name.text());
    var shown = name.hosts().size();
    assertTrue(name.text().contains(",(" + (100 - shown) + " more: "), name.text());
    assertEquals("mx" + (shown - 1) + ".example.net", name.hosts().getLast());
  }

  @Test
  void two_sites_never_have_one_name() {
    assertEquals(SiteName.of(hosts(100, "example.net")), SiteName.of(hosts(100, "example.net")));
    assertNotEquals(
        SiteName.of(hosts(99, "example.net") + ",a.example.org:25"),
        SiteName.of(hosts(99, "example.net") + ",b.example.org:25"));
  }

  @Test
  void one_host_may_have_a_name_as_long_as_names_get() {
    var longest = "a".repeat(63) + ("." + "b".repeat(62)).repeat(3) + ":25";
    assertEquals(List.of(longest.replace(":25", "")), SiteName.of(longest).hosts());
    var apart = SiteName.of(longest + " for domain " + longest);
    assertEquals(List.of(longest.replace(":25", "")), apart.hosts());
  }

  @Test
  void a_site_has_a_name() {
    assertThrows(IllegalArgumentException.class, () -> new SiteName(" "));
    assertThrows(
        IllegalArgumentException.class, () -> new SiteName("x".repeat(SiteName.LONGEST + 1)));
  }

  private static String hosts(int count, String domain) {
    return IntStream.range(0, count)
        .mapToObj(n -> "mx" + n + "." + domain + ":25")
        .collect(Collectors.joining(","));
  }
}
