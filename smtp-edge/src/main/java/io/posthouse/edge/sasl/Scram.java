package io.posthouse.edge.sasl;

import io.posthouse.directory.Account;
import io.posthouse.directory.ScramKeys;
import io.posthouse.message.Octets;
import io.posthouse.smtp.SaslMechanism;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// SCRAM-SHA-256 and SCRAM-SHA-256-PLUS (RFC 5802, RFC 7677): the client proves that it knows the
/// password without saying it, and so do we.
final class Scram {
  private static final String VALUE = "[\\x21-\\x2b\\x2d-\\x7e]";
  // gs2-header, then client-first-message-bare (RFC 5802 §7); an m= in it is of an extension that
  // we would have to know.
  private static final Pattern FIRST =
      Pattern.compile(
          "(?<gs2>(?<flag>n|y|p=(?<type>[A-Za-z0-9.-]+)),(?:a=(?<authzid>[^,]+))?,)"
              + "(?<bare>n=(?<name>[^,]+),r=(?<nonce>"
              + VALUE
              + "+)(?:,.*)?)",
          Pattern.DOTALL);
  private static final Pattern FINAL =
      Pattern.compile(
          "(?<without>c=(?<binding>[A-Za-z0-9+/=]+),r=(?<nonce>"
              + VALUE
              + "+)(?:,.*)?)"
              + ",p=(?<proof>[A-Za-z0-9+/=]+)",
          Pattern.DOTALL);

  private Scram() {}

  /// What the client opened with.
  ///
  /// @param bound what its last message must repeat as `c=`: the header, and what binds to TLS
  record Greeting(
      SaslMechanism mechanism, String userName, String bare, String nonce, Octets bound) {
    @Override
    public String toString() {
      return mechanism + " of " + userName;
    }
  }

  /// What we asked.
  record Asked(
      Greeting greeting,
      ScramKeys keys,
      Optional<Account> account,
      String serverFirst,
      String nonce) {
    Octets challenge() {
      return Octets.utf8(serverFirst);
    }

    @Override
    public String toString() {
      return greeting.toString();
    }
  }

  /// The client's first message.
  static Turn first(Binding binding, Octets response) {
    var found = FIRST.matcher(Text.of(response).orElse(""));
    if (!found.matches()) return new Turn.Unintelligible();
    var name = name(found.group("name"));
    var authzid = found.group("authzid");
    if (name.isEmpty() || (authzid != null && !name(authzid).equals(name)))
      return new Turn.Unintelligible();
    return bound(binding, found.group("gs2"), found.group("flag"), found.group("type"))
        .<Turn>map(bound ->
            new Turn.Check(
                new Claim.ScramName(
                    new Greeting(
                        binding.data().isEmpty()
                            ? SaslMechanism.SCRAM_SHA_256
                            : SaslMechanism.SCRAM_SHA_256_PLUS,
                        name.get(),
                        found.group("bare"),
                        found.group("nonce"),
                        bound))))
        .orElseGet(Turn.Unintelligible::new);
  }

  /// Our first message.
  static Asked ask(Greeting greeting, Answer.Keys answer) {
    var nonce = greeting.nonce() + answer.nonce();
    var salt = Base64.getEncoder().encodeToString(answer.keys().salt().toArray());
    var serverFirst = "r=" + nonce + ",s=" + salt + ",i=" + answer.keys().rounds();
    return new Asked(greeting, answer.keys(), answer.account(), serverFirst, nonce);
  }

  /// The client's last message.
  static Turn last(Asked asked, Octets response) {
    var found = FINAL.matcher(Text.of(response).orElse(""));
    if (!found.matches() || !found.group("nonce").equals(asked.nonce()))
      return new Turn.Unintelligible();
    var bound = decode(found.group("binding"));
    var proof = decode(found.group("proof"));
    if (bound.isEmpty() || proof.isEmpty()) return new Turn.Unintelligible();
    var right =
        isSame(bound.get(), asked.greeting().bound())
            && proves(proof.get(), asked, found.group("without"));
    return new Turn.Check(
        new Claim.ScramProof(
            asked, asked.account().isPresent() && right, last(asked, found.group("without"))));
  }

  /// Our last message: that we know the password, too.
  private static Octets last(Asked asked, String clientFinal) {
    var signature = ScramKeys.hmac(asked.keys().serverKey(), authMessage(asked, clientFinal));
    return Octets.utf8("v=" + Base64.getEncoder().encodeToString(signature.toArray()));
  }

  private static boolean proves(Octets proof, Asked asked, String clientFinal) {
    var signature =
        ScramKeys.hmac(asked.keys().storedKey(), authMessage(asked, clientFinal)).toArray();
    if (proof.length() != signature.length) return false;
    var clientKey = proof.toArray();
    for (int i = 0; i < clientKey.length; i++) clientKey[i] ^= signature[i];
    return isSame(ScramKeys.sha256(Octets.of(clientKey)), asked.keys().storedKey());
  }

  private static Octets authMessage(Asked asked, String clientFinal) {
    return Octets.utf8(asked.greeting().bare() + "," + asked.serverFirst() + "," + clientFinal);
  }

  /// What the client has to repeat. Nothing where it binds to what we do not have, or says that we
  /// offer no binding when we did: somebody in between may have taken our offer away (RFC 5802 §6).
  private static Optional<Octets> bound(
      Binding binding, String gs2, String flag, @Nullable String type) {
    var header = Octets.utf8(gs2);
    return switch (flag) {
      case "n" -> binding.data().isEmpty() ? Optional.of(header) : Optional.empty();
      case "y" -> binding.offered() ? Optional.empty() : Optional.of(header);
      default ->
          Optional.ofNullable(binding.data().get(String.valueOf(type)))
              .map(data -> joined(header, data));
    };
  }

  private static Octets joined(Octets first, Octets second) {
    var both = new ByteArrayOutputStream();
    both.writeBytes(first.toArray());
    both.writeBytes(second.toArray());
    return Octets.of(both.toByteArray());
  }

  /// A name with its `,` and `=` (RFC 5802 §5.1); empty where another `=` is in it.
  private static Optional<String> name(String escaped) {
    if (escaped.replaceAll("=(?:2C|3D)", "").contains("=")) return Optional.empty();
    return Optional.of(escaped.replace("=2C", ",").replace("=3D", "="));
  }

  private static Optional<Octets> decode(String base64) {
    try {
      return Optional.of(Octets.of(Base64.getDecoder().decode(base64)));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  private static boolean isSame(Octets one, Octets other) {
    return MessageDigest.isEqual(one.toArray(), other.toArray());
  }
}
