package io.posthouse.delivery.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.posthouse.address.Domain;
import io.posthouse.delivery.routing.MailRoutes.Route;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SiteTest {
  private static final Domain EXAMPLE = new Domain("example.net");
  private static final Domain OTHER = new Domain("example.com");

  @Test
  void domains_with_the_same_hosts_are_one_site_whatever_the_order() {
    assertEquals(
        Site.of(EXAMPLE, to("a.example.org", "b.example.org")),
        Site.of(OTHER, to("b.example.org", "a.example.org")));
    assertNotEquals(
        Site.of(EXAMPLE, to("a.example.org", "b.example.org")),
        Site.of(OTHER, to("a.example.org")));
  }

  @Test
  void a_domain_without_hosts_is_a_site_of_its_own() {
    assertNotEquals(Site.of(EXAMPLE, new Route.NullMx()), Site.of(OTHER, new Route.NullMx()));
  }

  private static Route to(String... hosts) {
    return new Route.Hosts(
        Arrays.stream(hosts)
            .map(host -> new RouteHost(new Domain(host), 25, RouteHost.Reason.MX))
            .toList());
  }
}
