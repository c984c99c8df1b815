package io.posthouse.delivery.conversation;

/// How far a conversation got.
public enum Stage {
  CONNECT("connecting"),
  GREETING("waiting for the greeting"),
  EHLO("waiting for the reply to EHLO"),
  STARTTLS("waiting for the reply to STARTTLS"),
  TLS("shaking hands for TLS"),
  LOGIN("logging in"),
  MAIL("waiting for the reply to MAIL"),
  RCPT("waiting for the reply to RCPT"),
  DATA("waiting for the reply to DATA"),
  CONTENT("sending the content"),
  END("waiting for the reply to the end of the content");

  private final String words;

  Stage(String words) {
    this.words = words;
  }

  /// What we were at: `waiting for the reply to MAIL`.
  @Override
  public String toString() {
    return words;
  }
}
