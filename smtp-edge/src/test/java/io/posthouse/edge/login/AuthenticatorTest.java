package io.posthouse.edge.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.directory.InMemoryLogins;
import io.posthouse.directory.Logins;
import io.posthouse.directory.UserId;
import io.posthouse.edge.login.LoginSettings.GuessingLimits;
import io.posthouse.edge.login.TokenVerifier.Verdict;
import io.posthouse.edge.sasl.Answer;
import io.posthouse.edge.sasl.Claim;
import io.posthouse.smtp.SaslMechanism;
import io.posthouse.tally.LocalTallies;
import io.posthouse.telemetry.LoginResult;
import io.posthouse.telemetry.MailEvent;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AuthenticatorTest {
  private static final MailEvent.Peer CLIENT =
      new MailEvent.Peer(InetAddress.ofLiteral("192.0.2.7"), "laptop", "submission");
  private static final UserId BOB = new UserId("1".repeat(24));
  private static final UserId CAROL = new UserId("2".repeat(24));

  private final InMemoryLogins logins = new InMemoryLogins();
  private final List<MailEvent.LoginTried> events = new ArrayList<>();

  AuthenticatorTest() {
    logins.add("bob", "secret", BOB);
    logins.add("carol", "other", CAROL);
  }

  @Test
  void each_login_is_an_event_without_its_password() {
    var authenticator = with(logins, Optional.empty(), 0);
    assertInstanceOf(Answer.Welcome.class, authenticator.check(password("bob", "secret"), CLIENT));
    assertInstanceOf(Answer.Wrong.class, authenticator.check(password("bob", "guess"), CLIENT));
    assertEquals(List.of(LoginResult.OK, LoginResult.WRONG), results());
    assertTrue(events.stream().noneMatch(event -> event.toString().contains("guess")));
    assertEquals("bob", events.getFirst().user());
  }

  @Test
  void our_trouble_has_an_incident_that_client_and_log_know_and_is_no_guess() {
    var authenticator = with(logins, Optional.empty(), 1);
    logins.breakDown("no database");
    for (int i = 0; i < 3; i++) {
      var answer = authenticator.check(password("bob", "secret"), CLIENT);
      var incident = assertInstanceOf(Answer.Unavailable.class, answer).incident();
      assertEquals(Optional.of(incident), events.getLast().incident());
      assertEquals(Optional.of("no database"), events.getLast().why());
    }
    logins.recover();
    assertInstanceOf(Answer.Welcome.class, authenticator.check(password("bob", "secret"), CLIENT));
  }

  @Test
  void a_directory_that_hangs_is_not_waited_for() {
    var never = new CountDownLatch(1);
    var interrupted = new CountDownLatch(1);
    var hanging =
        new Hanging() {
          @Override
          public Login check(String userName, String password) {
            try {
              never.await();
            } catch (InterruptedException _) {
              interrupted.countDown();
            }
            return new Login.Wrong();
          }
        };
    var authenticator = with(hanging, Optional.empty(), 1);
    assertInstanceOf(
        Answer.Unavailable.class, authenticator.check(password("bob", "secret"), CLIENT));
    assertEquals(List.of(LoginResult.UNAVAILABLE), results());
    assertTrue(await(interrupted), "the thread that waits is let go");
  }

  @Test
  void who_guesses_is_not_looked_at_any_longer() {
    var authenticator = with(logins, Optional.empty(), 2);
    authenticator.check(password("bob", "one"), CLIENT);
    authenticator.check(password("bob", "two"), CLIENT);
    assertInstanceOf(Answer.Blocked.class, authenticator.check(password("bob", "secret"), CLIENT));
    assertEquals(LoginResult.BLOCKED, events.getLast().result());
  }

  @Test
  void a_token_is_for_its_own_user_and_its_own_scopes() {
    var verifier = Optional.<TokenVerifier>of(AuthenticatorTest::verdict);
    var authenticator = with(logins, verifier, 0);
    assertInstanceOf(Answer.Welcome.class, authenticator.check(token("bob", "of-bob"), CLIENT));
    assertInstanceOf(Answer.Welcome.class, authenticator.check(token("", "of-bob"), CLIENT));
    assertInstanceOf(Answer.Wrong.class, authenticator.check(token("carol", "of-bob"), CLIENT));
    assertInstanceOf(Answer.Wrong.class, authenticator.check(token("bob", "for-calendar"), CLIENT));
    assertInstanceOf(Answer.Wrong.class, authenticator.check(token("bob", "made-up"), CLIENT));
    assertInstanceOf(Answer.Wrong.class, authenticator.check(token("dave", "of-dave"), CLIENT));
    assertInstanceOf(Answer.Unavailable.class, authenticator.check(token("bob", "ask"), CLIENT));
    assertEquals("bob", events.get(1).user());
  }

  private static Verdict verdict(String token) {
    return switch (token) {
      case "of-bob" -> new Verdict.Good("bob", Set.of("smtp", "imap"));
      case "of-dave" -> new Verdict.Good("dave", Set.of("smtp"));
      case "for-calendar" -> new Verdict.Good("bob", Set.of("calendar"));
      case "ask" -> new Verdict.Unknown("HTTP 500");
      default -> new Verdict.Bad();
    };
  }

  private Authenticator with(Logins users, Optional<TokenVerifier> tokens, int guesses) {
    var limits = new GuessingLimits(0, 0, guesses, Duration.ofMinutes(15));
    return new Authenticator(
        users,
        tokens,
        List.of("smtp"),
        new LoginGuard(limits, new LocalTallies(InstantSource.system())),
        event -> events.add((MailEvent.LoginTried) event),
        Duration.ofMillis(200));
  }

  private List<LoginResult> results() {
    return events.stream().map(MailEvent.LoginTried::result).toList();
  }

  private static Claim password(String user, String password) {
    return new Claim.Password(SaslMechanism.PLAIN, user, password);
  }

  private static Claim token(String user, String token) {
    var named = Optional.of(user).filter(name -> !name.isEmpty());
    return new Claim.Token(SaslMechanism.OAUTHBEARER, named, token);
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private abstract static class Hanging implements Logins {
    @Override
    public Login named(String userName) {
      return new Login.Wrong();
    }

    @Override
    public Scram scram(String userName) {
      return Logins.NOBODY.scram(userName);
    }
  }
}
