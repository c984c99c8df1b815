package io.posthouse.ops.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.ops.testbed.Arrived;
import io.posthouse.ops.testbed.Platform;
import io.posthouse.ops.testbed.SampleMessage;
import io.posthouse.ops.testbed.SmtpClient;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What the edge announces is kept by everything behind the queue.
class WishesIT {
  private final Platform platform = Platform.shared();

  @Test
  void who_asked_for_it_hears_that_mail_is_stored_here_and_passed_on_there() throws IOException {
    var emma = platform.user("emma@local.test");
    var fred = platform.user("fred@local.test");
    var away = "away@" + platform.remoteDomain("passing.test");
    try (var client = new SmtpClient(platform.smtp())) {
      said(client, "MAIL FROM:<" + emma + "> ENVID=wish+2B1");
      said(client, "RCPT TO:<" + fred + "> NOTIFY=SUCCESS ORCPT=rfc822;Fred@local.test");
      said(client, "RCPT TO:<" + away + "> NOTIFY=SUCCESS,FAILURE");
      said(client, "DATA");
      SmtpClient.queueId(client.content(SampleMessage.of("wished")));
    }
    var notices = text(emma, 1) + text(emma, 2);
    for (var part :
        List.of(
            "Original-Envelope-Id: wish+1",
            "Original-Recipient: rfc822; Fred@local.test",
            "Final-Recipient: rfc822; fred@local.test\r\nAction: delivered\r\nStatus: 2.1.5",
            "Final-Recipient: rfc822; away@passing.test\r\nAction: relayed\r\nStatus: 2.",
            "Message-ID: <wished@e2e.test>")) assertTrue(notices.contains(part), part + notices);
  }

  @Test
  void a_message_that_fails_comes_back_whole_where_its_sender_asked_for_it() throws IOException {
    var gina = platform.user("gina@local.test");
    var gone = "gone@" + platform.remoteDomain("returning.test");
    platform.world().on("RCPT TO:<gone@", "550 5.1.1 nobody of that name");
    try (var client = new SmtpClient(platform.smtp())) {
      said(client, "MAIL FROM:<" + gina + "> RET=FULL");
      said(client, "RCPT TO:<" + gone + ">");
      said(client, "DATA");
      SmtpClient.queueId(client.content("Subject: back\r\n\r\nAll of it.\r\n".getBytes(UTF_8)));
    }
    var notice = text(gina, 1);
    assertTrue(notice.contains("Content-Type: message/rfc822\r\n"), notice);
    assertTrue(notice.contains("\r\nSubject: back\r\n\r\nAll of it.\r\n"), notice);
  }

  @Test
  void binary_content_is_stored_octet_by_octet_and_returned_where_no_host_takes_it()
      throws IOException {
    var hans = platform.user("hans@local.test");
    var away = "away@" + platform.remoteDomain("textual.test");
    var binary = "Subject: binary\r\n\r\n\0\n\r.\r\n.\r\n\nopen".getBytes(UTF_8);
    try (var client = new SmtpClient(platform.smtp())) {
      said(client, "MAIL FROM:<" + hans + "> BODY=BINARYMIME");
      said(client, "RCPT TO:<" + hans + ">");
      SmtpClient.queueId(client.chunk(binary));
      Arrived.intact(binary, platform.raw(hans, 1));
      said(client, "MAIL FROM:<" + hans + "> BODY=BINARYMIME");
      said(client, "RCPT TO:<" + away + ">");
      SmtpClient.queueId(client.chunk(binary));
    }
    var notice = text(hans, 2);
    assertTrue(notice.contains("Action: failed\r\nStatus: 5.6.3\r\n"), notice);
  }

  @Test
  void a_message_in_utf8_is_returned_in_utf8_where_no_host_takes_it() throws IOException {
    var ida = platform.user("ulla@local.test");
    var away = "jürgen@" + platform.remoteDomain("ascii.test");
    try (var client = new SmtpClient(platform.smtp())) {
      said(client, "MAIL FROM:<" + ida + "> BODY=8BITMIME SMTPUTF8");
      said(client, "RCPT TO:<" + away + ">");
      said(client, "DATA");
      SmtpClient.queueId(client.content("Subject: grüße\r\n\r\nx\r\n".getBytes(UTF_8)));
    }
    var notice = text(ida, 1);
    assertTrue(notice.contains("Content-Type: message/global-delivery-status\r\n"), notice);
    assertTrue(notice.contains("Final-Recipient: utf-8; j=C3=BCrgen@ascii.test\r\n"), notice);
    assertTrue(notice.contains("Status: 5.6.7\r\n"), notice);
  }

  private static void said(SmtpClient client, String command) throws IOException {
    var reply = client.ask(command);
    assertTrue(reply.startsWith("250") || reply.startsWith("354"), command + ": " + reply);
  }

  private String text(String user, int uid) {
    return new String(platform.raw(user, uid), UTF_8);
  }
}
