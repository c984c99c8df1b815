package io.posthouse.edge.session;

import io.posthouse.message.Endpoint;
import io.posthouse.smtp.Parameter;
import java.util.List;
import java.util.Optional;

/// What a host says with XCLIENT about the client it speaks for (Postfix, XCLIENT_README).
///
/// @param login as whom the client has logged in there
public record Introduction(Origin origin, Optional<String> login) {
  /// What a list of attributes comes to.
  sealed interface Answer {
    record Understood(Introduction introduction) implements Answer {}

    record Refused(Refusal refusal) implements Answer {}
  }

  /// What the reply to EHLO says about it.
  static String capability(Origin.Trust trust) {
    var login = trust == Origin.Trust.AND_THEIR_LOGINS ? " LOGIN" : "";
    return "XCLIENT NAME ADDR PORT PROTO HELO" + login + " DESTADDR DESTPORT";
  }

  /// Adds what is said now to what was known before.
  static Answer read(List<Parameter> attributes, Origin before) {
    var first = before.proxy().isEmpty();
    // The port we see is not the client's.
    var client = first ? before.client().withPort(0) : before.client();
    var origin =
        new Origin(
            client,
            before.server(),
            before.name(),
            before.helo(),
            before.proxy().or(() -> Optional.of(before.client())),
            before.connectionId(),
            before.trust(),
            // From here on it is the client who speaks.
            false);
    var known = Optional.of(new Introduction(origin, Optional.empty()));
    for (var attribute : attributes) {
      if (attribute.keyword().equals("LOGIN") && before.trust() != Origin.Trust.AND_THEIR_LOGINS)
        return new Answer.Refused(Refusals.NOT_TRUSTED);
      known = known.flatMap(so -> so.with(attribute.keyword(), Attributes.decoded(attribute)));
      if (known.isEmpty()) return new Answer.Refused(Refusals.badAttribute(attribute.keyword()));
    }
    return new Answer.Understood(known.get());
  }

  /// Empty if it cannot be that.
  private Optional<Introduction> with(String attribute, Optional<String> value) {
    return switch (attribute) {
      case "NAME" ->
          value.stream().allMatch(Attributes.NAME)
              ? Optional.of(with(value, origin.helo()))
              : Optional.empty();
      case "HELO" -> Optional.of(with(origin.name(), value.filter(Attributes.HELO)));
      // Between us and the host before us it is what EHLO or HELO says.
      case "PROTO" ->
          value.stream().allMatch(p -> p.equalsIgnoreCase("SMTP") || p.equalsIgnoreCase("ESMTP"))
              ? Optional.of(this)
              : Optional.empty();
      case "LOGIN" -> Optional.of(new Introduction(origin, value.filter(l -> !l.isEmpty())));
      case "ADDR" -> address(value.orElse(Endpoint.NOWHERE), origin.client()).map(this::from);
      case "PORT" -> port(value.orElse("0"), origin.client()).map(this::from);
      case "DESTADDR" ->
          value.isEmpty() ? Optional.of(this) : address(value.get(), origin.server()).map(this::at);
      case "DESTPORT" ->
          value.isEmpty() ? Optional.of(this) : port(value.get(), origin.server()).map(this::at);
      default -> Optional.empty();
    };
  }

  private static Optional<Endpoint> address(String text, Endpoint before) {
    return Endpoint.parse(text, before.port());
  }

  private static Optional<Endpoint> port(String text, Endpoint before) {
    return Attributes.port(text).map(before::withPort);
  }

  private Introduction with(Optional<String> name, Optional<String> helo) {
    return of(origin.client(), origin.server(), name, helo);
  }

  private Introduction from(Endpoint client) {
    return of(client, origin.server(), origin.name(), origin.helo());
  }

  private Introduction at(Endpoint server) {
    return of(origin.client(), server, origin.name(), origin.helo());
  }

  private Introduction of(
      Endpoint client, Endpoint server, Optional<String> name, Optional<String> helo) {
    return new Introduction(
        new Origin(
            client,
            server,
            name,
            helo,
            origin.proxy(),
            origin.connectionId(),
            origin.trust(),
            false),
        login);
  }
}
