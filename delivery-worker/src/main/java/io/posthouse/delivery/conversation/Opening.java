package io.posthouse.delivery.conversation;

import io.posthouse.smtp.Reply;
import io.posthouse.telemetry.TlsUse.Shortfall;

/// How a conversation began.
public sealed interface Opening {
  record Open(Conversation conversation) implements Opening {}

  /// The host greeted or answered EHLO with a refusal. It knows nothing of our mail yet, so this is
  /// about the host, whatever the code.
  record Refused(Stage stage, Reply reply) implements Opening {}

  /// It does not give us the TLS that it must: nothing of our mail was said.
  record Insecure(Shortfall shortfall) implements Opening {}

  /// The host does not let us in, or we do not tell it the password. Whatever its reply, this is
  /// about us and not about the mail.
  record NotLoggedIn(String why) implements Opening {}

  /// No connection, or none that lasted until EHLO was answered.
  record Unreachable(Stage stage, String why) implements Opening {}

  /// Nobody said anything for as long as we wait, so finding out was dear.
  record Silent(Stage stage, String why) implements Opening {}

  /// No connection, for a reason of our own, such as no road to this family: says nothing about the
  /// host.
  record NoRoad(String why) implements Opening {}
}
