package io.posthouse.edge.session;

import io.posthouse.edge.sasl.Binding;
import io.posthouse.message.TlsFacts;
import io.posthouse.smtp.SaslMechanism;
import io.posthouse.telemetry.Checked;
import java.util.ArrayList;
import java.util.List;

/// What a listener offers and how much it bears.
///
/// @param hostname our name in greetings
/// @param tls whether STARTTLS is there to be had, or needed
/// @param longestMessage octets of content, as announced by SIZE (RFC 1870)
/// @param mostRecipients in one transaction; RFC 5321 §4.5.3.1.8 asks for 100
/// @param login how users may log in, where they may
public record SessionRules(
    ListenerKind kind,
    String hostname,
    TlsOffer tls,
    long longestMessage,
    int mostRecipients,
    Patience patience,
    LoginRules login) {
  private static final Checked CERTIFICATE = Checked.passed("certificate");
  private static final Checked LOGGED_IN = Checked.passed("login");

  public SessionRules {
    if (mostRecipients < 100)
      throw new IllegalArgumentException(
          "recipients: " + mostRecipients + " (expected: at least 100, RFC 5321 §4.5.3.1.8)");
    if (patience.commands() < mostRecipients + 10)
      throw new IllegalArgumentException(
          "commands: " + patience.commands() + " (expected: at least recipients + 10)");
  }

  boolean offersTls() {
    return tls != TlsOffer.NONE;
  }

  /// Whether a client must yet show a certificate.
  boolean needsCertificate(Link link) {
    return tls == TlsOffer.CERTIFICATE_NEEDED
        && link.tls().flatMap(TlsFacts::clientSubject).isEmpty();
  }

  /// What whoever got as far as MAIL has passed on this listener.
  public List<Checked> passed() {
    var passed = new ArrayList<Checked>(2);
    if (tls == TlsOffer.CERTIFICATE_NEEDED) passed.add(CERTIFICATE);
    if (kind.isSubmission()) passed.add(LOGGED_IN);
    return passed;
  }

  Refusal noRecipients() {
    return isLmtp() ? Refusals.NO_RECIPIENTS_FOR_LMTP : Refusals.NO_RECIPIENTS;
  }

  boolean isLmtp() {
    return kind == ListenerKind.LMTP;
  }

  /// Passwords are for our users, and never go over a line that others can read.
  boolean offersLogin(Link link) {
    return kind.isSubmission()
        && link.secure()
        && link.user().isEmpty()
        && !mechanisms(link).isEmpty();
  }

  /// How users may log in over this connection.
  List<SaslMechanism> mechanisms(Link link) {
    return login.mechanisms();
  }

  /// What a login over this connection can be bound to.
  Binding binding(Link link) {
    return Binding.NONE;
  }
}
