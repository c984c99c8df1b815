package io.posthouse.delivery.conversation;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.posthouse.message.Octets;
import io.posthouse.message.Recipient;
import io.posthouse.message.Samples;
import java.io.SequenceInputStream;
import java.util.List;

/// Messages given to a [Conversation] with a scripted host.
final class Transfers {
  private Transfers() {}

  /// Plays `script` with a message for these.
  static Report transfer(String script, Recipient... recipients) {
    return transfer(false, script, recipients);
  }

  /// @param toBeClosed whether we hang up at the end
  static Report transfer(boolean toBeClosed, String script, Recipient... recipients) {
    var dialogue = new Dialogue(script);
    var report = open(dialogue).transfer(transaction(recipients));
    dialogue.assertPlayed(toBeClosed);
    return report;
  }

  static Conversation open(Dialogue dialogue) {
    var opening = dialogue.conversation().open("us.example.org");
    return assertInstanceOf(Opening.Open.class, opening).conversation();
  }

  static Transaction transaction(Recipient... recipients) {
    return transaction("Subject: hi\r\n\r\n.dot\r\n", recipients);
  }

  static Transaction transaction(String content, Recipient... recipients) {
    var envelope = Samples.message(Samples.text(content), recipients);
    return new Transaction(
        envelope,
        List.of(recipients),
        () -> new SequenceInputStream(envelope.trace().input(), Octets.utf8(content).input()));
  }

  /// What was said of each recipient: who, at which stage, and the code.
  static List<String> said(Report report) {
    return report.said().stream()
        .map(
            s -> s.recipient().address().localPart() + " " + s.to().name() + " " + s.reply().code())
        .toList();
  }
}
