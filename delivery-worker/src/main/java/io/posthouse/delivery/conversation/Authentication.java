package io.posthouse.delivery.conversation;

import io.posthouse.delivery.login.Mechanism;
import io.posthouse.delivery.login.Mechanism.Distrust;
import io.posthouse.delivery.routing.Login;
import io.posthouse.message.Octets;
import io.posthouse.smtp.Command;
import io.posthouse.smtp.Reply;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/// Logs in to a host (RFC 4954 §4). Nothing that was said here is ever shown to anybody but the
/// host's last reply.
record Authentication(Line line, Login login) {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String GIVE_UP = "*";

  /// What fits behind AUTH and the longest name that we use (RFC 5321 §4.5.3.1.4).
  private static final int LONGEST_FIRST = 480;

  /// Hosts ask two or three times; one that goes on asking is none.
  private static final int MOST_QUESTIONS = 8;

  /// Answers why we are not logged in; empty if we are.
  ///
  /// @param isPrivate whether nobody else hears what we say
  Optional<String> perform(Capabilities host, boolean isPrivate) throws IOException {
    if (!isPrivate && !login.inTheClear())
      return Optional.of("no TLS, and the password is not said in the clear");
    var mechanism = Mechanism.of(login, host.logins(), nonce());
    return mechanism.isPresent()
        ? perform(mechanism.get())
        : Optional.of("the host offers no login that we know: " + host.logins());
  }

  private Optional<String> perform(Mechanism mechanism) throws IOException {
    // What is too long for a command is said when we are asked for it (RFC 4954 §4).
    var first =
        mechanism.first().map(Authentication::base64).filter(f -> f.length() <= LONGEST_FIRST);
    var reply =
        line.ask(Stage.LOGIN, new Command.Auth(mechanism.name().wireName(), first.orElse("")));
    try {
      for (int asked = 0; reply.code() == 334; asked++) {
        if (asked == MOST_QUESTIONS) throw new IOException("the host asks without end");
        var challenge = Base64.getDecoder().decode(reply.lines().getFirst().strip());
        reply = line.answer(Stage.LOGIN, base64(mechanism.answer(Octets.of(challenge))));
      }
    } catch (Distrust e) {
      return giveUp("the host " + e.getMessage());
    } catch (IllegalArgumentException noBase64) {
      return giveUp("the host says what is no base64");
    }
    return verdict(mechanism, reply);
  }

  private static Optional<String> verdict(Mechanism mechanism, Reply reply) {
    if (reply.code() / 100 != 2) return Optional.of("login refused: " + reply);
    return mechanism.isSatisfied()
        ? Optional.empty()
        : Optional.of("the host lets us in without proof that it knows us");
  }

  private Optional<String> giveUp(String why) throws IOException {
    var _ = line.answer(Stage.LOGIN, GIVE_UP);
    return Optional.of(why);
  }

  private static String base64(Octets octets) {
    return Base64.getEncoder().encodeToString(octets.toArray());
  }

  private static String nonce() {
    var octets = new byte[18];
    RANDOM.nextBytes(octets);
    return Base64.getEncoder().encodeToString(octets);
  }
}
