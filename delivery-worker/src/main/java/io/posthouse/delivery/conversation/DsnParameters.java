package io.posthouse.delivery.conversation;

import io.posthouse.message.Envelope;
import io.posthouse.message.MailParameters.Return;
import io.posthouse.message.OriginalRecipient;
import io.posthouse.message.Recipient;
import io.posthouse.smtp.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// What a sender wants to be told, for a host that takes over telling it (RFC 3461 §5.2.1).
final class DsnParameters {
  private DsnParameters() {}

  static List<Parameter> ofMail(Envelope envelope) {
    var parameters = new ArrayList<Parameter>();
    envelope.parameters().ret().ifPresent(ret -> parameters.add(ret(ret)));
    envelope.parameters().envelopeId().ifPresent(id -> parameters.add(new Parameter("ENVID", id)));
    return parameters;
  }

  static List<Parameter> ofRcpt(Envelope envelope, Recipient recipient) {
    var parameters = new ArrayList<Parameter>();
    var events =
        recipient.notifyOn().stream().sorted().map(Enum::name).collect(Collectors.joining(","));
    if (!events.isEmpty()) parameters.add(new Parameter("NOTIFY", events));
    recipient
        .originalRecipient()
        .map(DsnParameters::inAscii)
        // Of what nobody is told about, nobody needs to know it.
        .or(() -> envelope.reversePath().sender().map(_ -> made(recipient)))
        .ifPresent(orcpt -> parameters.add(new Parameter("ORCPT", orcpt)));
    return parameters;
  }

  /// As it was given, but for UTF-8, which not every host reads (RFC 6533 §3).
  private static String inAscii(String orcpt) {
    return orcpt.chars().allMatch(c -> c < 128) ? orcpt : OriginalRecipient.parse(orcpt).orcpt();
  }

  private static String made(Recipient recipient) {
    return OriginalRecipient.of(recipient.address()).orcpt();
  }

  private static Parameter ret(Return ret) {
    return switch (ret) {
      case FULL -> new Parameter("RET", "FULL");
      case HEADERS -> new Parameter("RET", "HDRS");
    };
  }
}
