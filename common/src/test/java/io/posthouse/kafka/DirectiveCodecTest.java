package io.posthouse.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.posthouse.address.Domain;
import io.posthouse.directive.Act;
import io.posthouse.directive.Orderings;
import io.posthouse.message.NextHop;
import io.posthouse.queue.MalformedRecord;
import io.posthouse.queue.record.DirectiveRecord;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DirectiveCodecTest {
  @Test
  void a_directive_comes_back_as_it_was() throws MalformedRecord {
    var acts =
        List.of(
            new Act.Hold(),
            new Act.Release(),
            new Act.Flush(),
            new Act.Bounce(),
            new Act.Drop(),
            new Act.Reroute(new NextHop(new Domain("[192.0.2.1]"), 2525)),
            new Act.Undo("hold-1"));
    for (var act : acts) {
      var directive = Orderings.directive("act-1", act, Orderings.domain("example.net"));
      assertEquals(directive, DirectiveCodec.decode(DirectiveCodec.encode(directive)));
    }
    var lasting = Orderings.until(new Act.Bounce(), Orderings.AT.plus(Duration.ofDays(1)));
    assertEquals(lasting, DirectiveCodec.decode(DirectiveCodec.encode(lasting)));
  }

  @Test
  void a_record_that_is_none_says_so() {
    var junk = new byte[] {7};
    var unknown = DirectiveRecord.newBuilder().setId("hold-1").build().toByteArray();
    assertThrows(MalformedRecord.class, () -> DirectiveCodec.decode(junk));
    assertThrows(MalformedRecord.class, () -> DirectiveCodec.decode(unknown));
  }
}
