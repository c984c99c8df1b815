package io.posthouse.edge.policy;

import io.posthouse.address.Domain;
import io.posthouse.address.MailAddress;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/// By which names mail may call us that the directory does not know of.
///
/// @param domains ours even if the directory does not list them; the first is meant where a client
///   names none
/// @param postmaster who reads the postmaster's mail, if it is not a user `postmaster`
public record OurNames(List<Domain> domains, Optional<MailAddress> postmaster) {
  private static final String POSTMASTER = "postmaster";

  public OurNames {
    domains = List.copyOf(domains);
  }

  /// Who reads `<postmaster>`; empty where nobody could be meant.
  Optional<MailAddress> postmasterOfAll() {
    return postmaster.or(
        () -> domains.stream().findFirst().map(first -> new MailAddress(POSTMASTER, first)));
  }

  static boolean isPostmaster(MailAddress address) {
    return address.localPart().equalsIgnoreCase(POSTMASTER);
  }

  /// The address that is meant by one with our own address in brackets (RFC 5321 §4.1.3).
  ///
  /// @param here the address of ours that the client has come to
  MailAddress withoutLiteral(MailAddress address, InetAddress here) {
    if (domains.isEmpty() || !names(address.domain(), here)) return address;
    return new MailAddress(address.localPart(), domains.getFirst());
  }

  private static boolean names(Domain domain, InetAddress here) {
    return domain.literalAddress().filter(here::equals).isPresent();
  }
}
