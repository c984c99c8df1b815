package io.posthouse.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.address.MailAddress;
import io.posthouse.smtp.Command.Mail;
import io.posthouse.smtp.Command.Malformed;
import io.posthouse.smtp.Command.Rcpt;
import io.posthouse.smtp.Command.Unknown;
import io.posthouse.vectors.Vectors;
import java.util.List;
import java.util.Set;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/// The command lines of another parser's tests. It is more liberal than the RFC in a few lines,
/// which we refuse; and it reads the values of parameters, which is up to the session here.
class RequestVectorsTest {
  private static final Set<String> TOO_LIBERAL =
      Set.of("MAIL  FROM : <>", "MAIL  FROM : <postmaster>", "MAIL  FROM : < >");
  private static final Set<String> VERBS_WE_DO_NOT_HAVE = Set.of("ETRN", "ATRN", "BURL");

  private final List<Document> cases = Vectors.list("smtp-protocol/requests.json", "requests");

  @Test
  void well_formed_lines_are_commands_and_broken_ones_are_not() {
    var accepted = 0;
    var refused = 0;
    for (var one : cases) {
      var line = one.getString("line");
      if (mustBeRefused(one)) {
        assertTrue(isRefused(CommandParser.parse(line)), line);
        refused++;
      } else if (mustBeAccepted(one)) {
        assertFalse(isRefused(CommandParser.parse(line)), line);
        accepted++;
      }
    }
    System.out.printf(
        "smtp-protocol/requests.json: %d accepted, %d refused, of %d%n",
        accepted, refused, cases.size());
    assertTrue(accepted + refused >= 58, "too few cases tested");
  }

  @Test
  void addresses_are_those_the_other_parser_read() {
    for (var one : cases) {
      var address = one.getString("address");
      if (address == null || address.isEmpty() || !mustBeAccepted(one)) continue;
      assertEquals(
          MailAddress.of(address).toString(), address(CommandParser.parse(one.getString("line"))));
    }
  }

  private static boolean mustBeAccepted(Document one) {
    var line = one.getString("line");
    return one.getBoolean("valid")
        && !TOO_LIBERAL.contains(line)
        && !line.startsWith("RCPT TO:<> ")
        && !line.equals("RCPT TO:<>")
        && !VERBS_WE_DO_NOT_HAVE.contains(line.split(" ", -1)[0]);
  }

  /// Broken whatever the parameters mean; values are for whoever offers the parameter.
  private static boolean mustBeRefused(Document one) {
    var line = one.getString("line");
    return !one.getBoolean("valid") && (!line.contains("> ") || line.endsWith("="));
  }

  private static boolean isRefused(Command command) {
    return command instanceof Malformed || command instanceof Unknown;
  }

  private static String address(Command command) {
    return switch (command) {
      case Mail(var from, _, _) -> from.sender().orElseThrow().toString();
      case Rcpt(var to, _, _) -> to.toString().replaceAll("[<>]", "");
      case Command other -> throw new AssertionError(other);
    };
  }
}
