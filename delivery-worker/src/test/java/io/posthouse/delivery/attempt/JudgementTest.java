package io.posthouse.delivery.attempt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.delivery.conversation.Said;
import io.posthouse.delivery.conversation.Stage;
import io.posthouse.message.Samples;
import io.posthouse.outcome.DeliveryOutcome;
import io.posthouse.outcome.MxHost;
import io.posthouse.smtp.ReplyParser;
import io.posthouse.smtp.ReplyParser.NotAReply;
import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgementTest {
  private static final MxHost MX =
      new MxHost("mx.example.net", InetAddress.ofLiteral("192.0.2.25"), 25);

  /// To which command, the reply, and what it means; `final` is not asked of another address.
  @ParameterizedTest
  @CsvSource({
    "END,  250 2.0.0 Ok,                       delivered,          final",
    "RCPT, 550 5.1.1 No such user,             failed RECIPIENT,   final",
    "RCPT, 552 5.2.2 Mailbox full,             failed RECIPIENT,   final",
    "RCPT, 552 Too many recipients,            deferred RECIPIENT, elsewhere",
    "RCPT, 552 5.5.3 Too many recipients,      deferred RECIPIENT, elsewhere",
    "RCPT, 452 4.5.3 Too many recipients,      deferred RECIPIENT, elsewhere",
    "RCPT, 452 4.2.2 Mailbox full,             deferred RECIPIENT, elsewhere",
    "RCPT, 450 4.7.1 Greylisted,               deferred RECIPIENT, elsewhere",
    "RCPT, 550 5.7.25 No PTR for your address, failed HOST,        elsewhere",
    "MAIL, 550 5.7.1 Sender not liked,         failed MESSAGE,     final",
    "MAIL, 552 5.3.4 Too big,                  failed MESSAGE,     final",
    "MAIL, 451 4.3.0 Later,                    deferred MESSAGE,   elsewhere",
    "MAIL, 421 4.7.0 Too many connections,     deferred HOST,      elsewhere",
    "MAIL, 530 5.7.0 Must issue STARTTLS,      deferred HOST,      elsewhere",
    "DATA, 451 4.3.0 Later,                    deferred MESSAGE,   elsewhere",
    "DATA, 554 5.5.0 No,                       failed MESSAGE,     final",
    "END,  451 4.3.0 Later,                    deferred MESSAGE,   elsewhere",
    "END,  554 5.7.1 Spam,                     failed MESSAGE,     final",
    "END,  421 4.3.2 Shutting down,            deferred HOST,      elsewhere",
  })
  void a_reply_means(Stage to, String reply, String outcome, String last) throws NotAReply {
    var said = new Said(Samples.CAROL, to, new ReplyParser().line(reply).orElseThrow());
    var judged = Judgement.of(MX, said);
    assertEquals(outcome, describe(judged.outcome()));
    assertEquals(last, judged.last() ? "final" : "elsewhere");
  }

  private static String describe(DeliveryOutcome outcome) {
    return switch (outcome) {
      case DeliveryOutcome.Delivered _ -> "delivered";
      case DeliveryOutcome.Deferred(var scope, _) -> "deferred " + scope;
      case DeliveryOutcome.Failed(var scope, _) -> "failed " + scope;
    };
  }
}
