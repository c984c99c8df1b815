package io.posthouse.delivery.conversation;

import io.posthouse.message.MailParameters.Body;
import io.posthouse.outcome.Evidence.Observed;

/// On which terms one host takes one message.
sealed interface Terms {
  /// It goes.
  ///
  /// @param body as it is declared; `BINARY_MIME` goes by BDAT, the rest by DATA
  /// @param smtpUtf8 whether SMTPUTF8 is asked for
  /// @param requireTls whether REQUIRETLS is asked for
  record Agreed(Body body, boolean smtpUtf8, boolean requireTls) implements Terms {}

  /// This host could not take such a message.
  record Unsuitable(Observed why) implements Terms {}
}
