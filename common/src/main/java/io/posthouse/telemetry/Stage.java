package io.posthouse.telemetry;

/// Where in its session a client was refused.
public enum Stage {
  CONNECT,
  HELO,
  TLS,
  AUTH,
  MAIL,
  RCPT,
  DATA,
  /// After the content, before our reply to it.
  CONTENT
}
