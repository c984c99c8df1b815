package io.posthouse.wildduck;

/// Hands messages to WildDuck by LMTP (RFC 2033), for it to store them itself.
public final class LmtpClient implements AutoCloseable {
  private final Wire wire;

  private LmtpClient(Wire wire) {
    this.wire = wire;
  }

  static LmtpClient connect(int port) {
    var client = new LmtpClient(Wire.to(port));
    client.expect("2");
    client.ask("LHLO client.example", "2");
    return client;
  }

  /// Returns when the message is stored.
  ///
  /// @param content octets as characters of the same number, lines ended by CRLF
  public void deliver(String sender, String recipient, String content) {
    ask("MAIL FROM:<" + sender + ">", "2");
    ask("RCPT TO:<" + recipient + ">", "2");
    ask("DATA", "3");
    var stuffed = (content.startsWith(".") ? "." : "") + content.replace("\n.", "\n..");
    ask(stuffed + (content.endsWith("\r\n") ? "" : "\r\n") + ".", "2");
  }

  @Override
  public void close() {
    wire.close();
  }

  private void ask(String command, String expected) {
    wire.sendLine(command);
    expect(expected);
  }

  private void expect(String expected) {
    var answer = wire.line();
    while (answer.length() > 3 && answer.charAt(3) == '-') answer = wire.line();
    if (!answer.startsWith(expected))
      throw new AssertionError("LMTP: " + answer + " (expected: " + expected + "xx)");
  }
}
