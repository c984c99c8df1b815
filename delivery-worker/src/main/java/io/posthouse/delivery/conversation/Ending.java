package io.posthouse.delivery.conversation;

import io.posthouse.outcome.Evidence;
import java.io.IOException;

/// How a transaction ended, beside what was said.
public sealed interface Ending {
  /// Every recipient has its reply, and the host waits for the next MAIL.
  record Ready() implements Ending {}

  /// The host said 421: every recipient may have its reply, but the host is leaving.
  record Leaving() implements Ending {}

  /// Nothing was sent, because this host could not take such a message.
  record Unsuitable(Evidence.Observed why) implements Ending {}

  /// The connection was lost before everybody had a reply.
  ///
  /// @param afterTheDot the host had the whole message and may have taken it (RFC 1047)
  record Lost(Stage stage, boolean afterTheDot, String why) implements Ending {}

  /// We could not read the content; the host heard no end of it.
  record ContentUnreadable(IOException why) implements Ending {}

  /// The content may be sent to nobody.
  record Unsendable(Evidence.Observed why) implements Ending {}
}
