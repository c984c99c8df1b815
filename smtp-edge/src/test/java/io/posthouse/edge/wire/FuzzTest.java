package io.posthouse.edge.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.edge.TestEdge;
import io.posthouse.edge.session.ListenerKind;
import io.posthouse.edge.session.Origins;
import io.posthouse.fuzz.Fuzz;
import io.posthouse.telemetry.MailEvent;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/// Any octets at all get replies and a hang-up, never an exception; and where the network cuts them
/// changes nothing.
class FuzzTest {
  // A reply as RFC 5321 §4.2 writes it: nothing of a client's own octets gets out of line in it.
  private static final Predicate<String> REPLY_LINE =
      Pattern.compile("[2-5][0-9]{2}[ -][\\t !-~]{0,505}\r\n").asMatchPredicate();

  private static final String GOES_ON = "((?<=\r\n)\\.\r?|\r)\\z";
  private static final String SMALL = "limits.message_size=64KiB";
  private static final int MUCH_MAIL = 500;

  private TestEdge edge = new TestEdge(SMALL);
  private Backstage backstage = edge.backstage();

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "SUBMISSIONS")
  void a_session_takes_anything(ListenerKind kind) {
    new Fuzz("session " + kind, Seeds.DIALOGUES)
        .run((input, random) -> {
          var heard = answers(kind, input, List.of(input));
          assertTrue(Stream.of(heard.split("(?<=\n)")).allMatch(REPLY_LINE), heard);
          assertEquals(heard, answers(kind, input, pieces(input, random)));
          assertTrue(edge.events.stream().noneMatch(MailEvent.Bug.class::isInstance));
          forget();
        });
  }

  @Test
  void content_is_the_same_wherever_it_is_cut_and_as_the_rfc_reads_it() {
    new Fuzz("content", Seeds.CONTENTS)
        .run((input, random) -> {
          for (var policy : BareNewline.values()) {
            var whole = decoded(policy, List.of(input));
            assertEquals(whole, decoded(policy, pieces(input, random)));
            if (!whole.bare()) assertEquals(asTheRfcReadsIt(input), whole.text());
          }
        });
  }

  @Test
  void lines_of_chunks_are_the_same_wherever_they_are_cut() {
    new Fuzz("chunks", Seeds.CONTENTS)
        .run((input, random) -> {
          assertEquals(mended(List.of(input)), mended(pieces(input, random)));
          assertFalse(mended(List.of(input)).replace("\r\n", "").matches("(?s).*[\r\n].*"));
        });
  }

  /// A new edge before the fakes of this one are full of mail.
  private void forget() {
    edge.events.clear();
    if (edge.queued().size() < MUCH_MAIL) return;
    edge = new TestEdge(SMALL);
    backstage = edge.backstage();
  }

  /// What is said to octets that come in `pieces`, up to the end of the connection.
  private String answers(ListenerKind kind, byte[] input, List<byte[]> pieces) {
    var place = backstage.fairUse().place();
    var connection = new SmtpConnection(edge.listener(kind), backstage, Origins.PLAIN, place);
    var wire = new Wire(connection);
    pieces.forEach(wire::say);
    wire.endOutput();
    var heard = wire.heard();
    wire.checkException();
    assertFalse(wire.isOpen(), () -> "still open after " + new String(input, ISO_8859_1));
    wire.finishAndReleaseAll();
    return heard.replaceAll("queued as \\w+", "queued as ID");
  }

  private static List<byte[]> pieces(byte[] input, SplittableRandom random) {
    var cuts = random.ints(random.nextInt(1, 60), 0, input.length + 1).sorted().distinct();
    var from = new int[1];
    var pieces =
        new ArrayList<>(
            cuts.mapToObj(
                    to -> {
                      var piece = Arrays.copyOfRange(input, from[0], to);
                      from[0] = to;
                      return piece;
                    })
                .toList());
    pieces.add(Arrays.copyOfRange(input, from[0], input.length));
    return pieces;
  }

  private record Decoded(String text, boolean ended, boolean bare) {}

  private static Decoded decoded(BareNewline policy, List<byte[]> pieces) {
    var decoder = new ContentDecoder(policy);
    var text = new ByteArrayOutputStream();
    var ended = false;
    for (var piece : pieces)
      if (!ended)
        ended = decoder.decode(piece, 0, piece.length, (a, f, t) -> text.write(a, f, t - f)) >= 0;
    return new Decoded(text.toString(ISO_8859_1), ended, decoder.hasBareNewline());
  }

  /// RFC 5321 §4.5.2, the short way; without a CR or dot at the end that may go on either way.
  private static String asTheRfcReadsIt(byte[] input) {
    var wire = "\r\n" + new String(input, ISO_8859_1);
    var end = wire.indexOf("\r\n.\r\n");
    var text = end < 0 ? wire.replaceFirst(GOES_ON, "") : wire.substring(0, end + 2);
    return text.replace("\r\n.", "\r\n").substring(Math.min(2, text.length()));
  }

  private static String mended(List<byte[]> pieces) {
    var ends = new LineEnds(BareNewline.NORMALISE);
    var text = new ByteArrayOutputStream();
    for (var piece : pieces)
      ends.take(piece, 0, piece.length, (a, f, t) -> text.write(a, f, t - f));
    ends.end((a, f, t) -> text.write(a, f, t - f));
    return text.toString(ISO_8859_1);
  }
}
