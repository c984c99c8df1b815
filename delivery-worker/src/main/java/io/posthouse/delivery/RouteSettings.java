package io.posthouse.delivery;

import io.posthouse.address.Domain;
import io.posthouse.config.Form;
import io.posthouse.config.HostPort;
import io.posthouse.config.Settings;
import io.posthouse.delivery.egress.EgressPool;
import io.posthouse.delivery.routing.Directions;
import io.posthouse.delivery.routing.Login;
import io.posthouse.delivery.routing.Manner;
import io.posthouse.delivery.routing.Protocol;
import io.posthouse.delivery.routing.RouteHost;
import io.posthouse.delivery.routing.RouteHost.Reason;
import io.posthouse.delivery.routing.TlsLevel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Reads one route of the operator's.
///
/// @param pools there are, by name
record RouteSettings(Map<String, EgressPool> pools) {
  /// In `mx`: whose domain the mail is for.
  private static final String RECIPIENTS = "*";

  private static final Form<Optional<Domain>> MX_OF =
      new Form<>(
          "a domain, or " + RECIPIENTS,
          RouteSettings::mxOf,
          of -> of.map(Domain::name).orElse(RECIPIENTS),
          List.of());

  private static final int NO_PORT = 0;

  Directions read(Settings in) {
    var manner = manner(in);
    var port =
        in.about("of hosts that name none; by default the usual one of the protocol")
            .optional("port", Form.integer(1, 65_535));
    var hosts =
        in.about("hosts to try in this order instead of the domain's MX")
            .list("hosts", Form.of("HOST or HOST:PORT", RouteSettings::host), List.of());
    var mx = in.about("whose MX hosts to try; * for the domain's own").optional("mx", MX_OF);
    if (hosts.isEmpty() == mx.isEmpty())
      in.problem("hosts", "none, or mx beside it (expected: one of the two)");
    if (hosts.isEmpty())
      return new Directions.ByMx(
          mx.flatMap(of -> of), port.map(OptionalInt::of).orElse(OptionalInt.empty()), manner);
    var usual = port.orElse(manner.protocol().port());
    return new Directions.Hosts(hosts.stream().map(h -> onRoute(h, usual, manner)).toList());
  }

  private Manner manner(Settings in) {
    var protocol =
        in.about("what the hosts speak; smtps: TLS from the first octet")
            .choice("protocol", Protocol.class, Protocol.SMTP);
    var login = login(in.section("auth"));
    var tls =
        in.about("what the hosts must give us; policy: what stands about everybody")
            .choice("tls", TlsLevel.class, usual(protocol, login));
    if (protocol == Protocol.SMTPS && (tls == TlsLevel.CLEAR || tls == TlsLevel.OPPORTUNISTIC))
      in.problem("tls", "less than smtps is (expected: encrypted or verified)");
    return new Manner(protocol, tls, login, pool(in));
  }

  /// A password is for the one it was given for.
  private static TlsLevel usual(Protocol protocol, Optional<Login> login) {
    var isSaid = login.filter(l -> !l.inTheClear()).isPresent();
    return isSaid || protocol == Protocol.SMTPS ? TlsLevel.VERIFIED : TlsLevel.POLICY;
  }

  private static Optional<Login> login(Settings in) {
    var user = in.about("whom the hosts know us as").optionalString("user");
    var password = in.about("of that user").secret("password");
    var inTheClear =
        in.about("whether the password may be said without TLS").bool("in_the_clear", false);
    if (user.isPresent() != password.isPresent())
      in.problem("user", "alone, or password alone (expected: both or neither)");
    return user.isPresent() && password.isPresent()
        ? Optional.of(new Login(user.get(), password.get(), inTheClear))
        : Optional.empty();
  }

  private EgressPool pool(Settings in) {
    var name = in.about("egress pool that connections come from").optionalString("from");
    if (name.isPresent() && !pools.containsKey(name.get()))
      in.problem("from", name.get() + " (expected: one of the pools in egress)");
    return name.map(pools::get).orElse(EgressPool.ANY);
  }

  private static RouteHost onRoute(HostPort host, int usual, Manner manner) {
    return new RouteHost(
        name(host), host.port() == NO_PORT ? usual : host.port(), Reason.ROUTE_TABLE, manner);
  }

  private static HostPort host(String text) {
    var host = HostPort.parse(text, NO_PORT);
    name(host);
    return host;
  }

  private static Optional<Domain> mxOf(String text) {
    return text.equals(RECIPIENTS) ? Optional.empty() : Optional.of(new Domain(text));
  }

  /// A bare address becomes a literal.
  private static Domain name(HostPort host) {
    if (host.host().contains(":")) return new Domain("[IPv6:" + host.host() + "]");
    return new Domain(host.host().matches("[0-9.]+") ? "[" + host.host() + "]" : host.host());
  }
}
