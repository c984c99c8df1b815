package io.posthouse.edge.session;

import io.posthouse.message.Endpoint;
import io.posthouse.smtp.Parameter;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What a host says with XFORWARD about where it had its next message from (Postfix,
/// XFORWARD_README): told in events, and nothing is ever decided by it.
///
/// Another XFORWARD adds to it. It is over with the transaction, and with RSET and EHLO.
public record Forwarded(SortedMap<Attribute, String> known) {
  static final Forwarded NOTHING = new Forwarded(Collections.emptySortedMap());

  private static final Predicate<String> PROTOCOL =
      Pattern.compile("[A-Za-z0-9./_-]{1,64}").asMatchPredicate();
  private static final Predicate<String> LOCAL_OR_REMOTE =
      Pattern.compile("LOCAL|REMOTE", Pattern.CASE_INSENSITIVE).asMatchPredicate();

  public Forwarded {
    known = Collections.unmodifiableSortedMap(new TreeMap<>(known));
  }

  /// As announced, in this order.
  public enum Attribute {
    NAME,
    ADDR,
    PORT,
    /// Of SMTP or not.
    PROTO,
    HELO,
    /// What the message is called there.
    IDENT,
    /// LOCAL or REMOTE.
    SOURCE;

    private static Optional<Attribute> of(String keyword) {
      return Arrays.stream(values()).filter(one -> one.name().equals(keyword)).findFirst();
    }

    /// The value as we tell it, empty if it cannot be one. None has a blank in it.
    private Optional<String> read(String value) {
      return switch (this) {
        case NAME -> Optional.of(value).filter(Attributes.NAME);
        case ADDR -> Endpoint.parse(value, 0).map(Endpoint::host);
        case PORT -> Attributes.port(value).map(String::valueOf);
        case PROTO -> Optional.of(value).filter(PROTOCOL);
        case HELO, IDENT -> Optional.of(value).filter(Attributes.HELO);
        case SOURCE ->
            Optional.of(value).filter(LOCAL_OR_REMOTE).map(s -> s.toUpperCase(Locale.ROOT));
      };
    }
  }

  /// What a list of attributes comes to.
  sealed interface Answer {
    record Understood(Forwarded forwarded) implements Answer {}

    record Refused(Refusal refusal) implements Answer {}
  }

  /// What the reply to EHLO says about it.
  static String capability() {
    return Arrays.stream(Attribute.values())
        .map(Attribute::name)
        .collect(Collectors.joining(" ", "XFORWARD ", ""));
  }

  /// Adds what is said now: all of it, or nothing.
  Answer with(Iterable<Parameter> attributes) {
    var then = new TreeMap<>(known);
    for (var attribute : attributes) {
      if (!put(then, attribute))
        return new Answer.Refused(Refusals.badAttribute(attribute.keyword()));
    }
    return new Answer.Understood(new Forwarded(then));
  }

  /// False if it cannot be that.
  private static boolean put(Map<Attribute, String> known, Parameter said) {
    var attribute = Attribute.of(said.keyword());
    if (attribute.isEmpty()) return false;
    var value = Attributes.decoded(said);
    var readable = value.flatMap(attribute.get()::read);
    readable.ifPresentOrElse(
        it -> known.put(attribute.get(), it), () -> known.remove(attribute.get()));
    // Clients say anything in HELO; the host that repeats it has done nothing wrong.
    return value.isEmpty() || readable.isPresent() || attribute.get() == Attribute.HELO;
  }

  /// `name=mail.example.org addr=192.0.2.7 helo=mail`: what is known, if anything is.
  Optional<String> text() {
    return known.isEmpty()
        ? Optional.empty()
        : Optional.of(
            known.entrySet().stream()
                .map(e -> e.getKey().name().toLowerCase(Locale.ROOT) + "=" + e.getValue())
                .collect(Collectors.joining(" ")));
  }
}
