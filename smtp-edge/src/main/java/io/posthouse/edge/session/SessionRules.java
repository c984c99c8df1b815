package io.posthouse.edge.session;

/// What a listener offers and how much it bears.
///
/// @param hostname our name in greetings
/// @param offersTls whether STARTTLS is there to be had
/// @param longestMessage octets of content, as announced by SIZE (RFC 1870)
/// @param mostRecipients in one transaction; RFC 5321 §4.5.3.1.8 asks for 100
/// @param mostErrors 5xx replies before we hang up; counted anew after each message taken
/// @param mostCommands commands before we hang up, counted likewise
public record SessionRules(
    ListenerKind kind,
    String hostname,
    boolean offersTls,
    long longestMessage,
    int mostRecipients,
    int mostErrors,
    int mostCommands) {
  public SessionRules {
    if (mostRecipients < 100)
      throw new IllegalArgumentException(
          "recipients: " + mostRecipients + " (expected: at least 100, RFC 5321 §4.5.3.1.8)");
    if (mostCommands < mostRecipients + 10)
      throw new IllegalArgumentException(
          "commands: " + mostCommands + " (expected: at least recipients + 10)");
  }

  Refusal noRecipients() {
    return isLmtp() ? Refusals.NO_RECIPIENTS_FOR_LMTP : Refusals.NO_RECIPIENTS;
  }

  boolean isLmtp() {
    return kind == ListenerKind.LMTP;
  }

  /// Passwords are for our users, and never go over a line that others can read.
  boolean offersLogin(Link link) {
    return kind.isSubmission() && link.secure() && link.user().isEmpty();
  }
}
