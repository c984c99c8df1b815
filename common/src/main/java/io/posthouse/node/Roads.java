package io.posthouse.node;

import io.posthouse.message.SiteName;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/// The hosts that mail was seen to go to, and so the sites and breakers that are in its way.
///
/// @param hosts `mx1.example.net:25`
public record Roads(Set<String> hosts) {
  private static final Pattern ADDRESS = Pattern.compile("\\[[^\\]]*\\](?=:\\d+$)");
  private static final String OF = " of ";

  public Roads {
    hosts = Set.copyOf(hosts);
  }

  /// Those to these hosts and sites.
  ///
  /// @param seen hosts with their addresses, as attempts name them: `mx1.example.net[192.0.2.1]:25`
  /// @param sites as sites are named
  public static Roads to(Collection<String> seen, Collection<String> sites) {
    var hosts = new HashSet<String>();
    seen.stream().filter(host -> !host.isEmpty()).map(Roads::withoutAddress).forEach(hosts::add);
    sites.forEach(site -> hosts.addAll(hostsOf(site)));
    return new Roads(hosts);
  }

  boolean leadTo(BusySite site) {
    return leadToOneOf(hostsOf(site.name()));
  }

  /// Our own road to a family is in everybody's way.
  boolean leadOver(ShutRoad shut) {
    return switch (shut.kind()) {
      case EGRESS -> !hosts.isEmpty();
      case SITE ->
          leadToOneOf(hostsOf(shut.what().substring(Math.max(0, shut.what().indexOf(OF)))));
      case ADDRESS -> hosts.contains(withoutAddress(shut.what()));
    };
  }

  private boolean leadToOneOf(Set<String> others) {
    return !Collections.disjoint(hosts, others);
  }

  /// A site is its hosts, and maybe the domain whose mail is counted apart.
  private static Set<String> hostsOf(String site) {
    var name = site.startsWith(OF) ? site.substring(OF.length()) : site;
    var apart = name.indexOf(SiteName.APART);
    return Set.copyOf(
        new HashSet<>(
            Arrays.asList(
                (apart < 0 ? name : name.substring(0, apart)).split(SiteName.BETWEEN, -1))));
  }

  private static String withoutAddress(String host) {
    return ADDRESS.matcher(host).replaceFirst("");
  }
}
