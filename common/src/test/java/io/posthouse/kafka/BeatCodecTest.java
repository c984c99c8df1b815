package io.posthouse.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.posthouse.node.Beats;
import io.posthouse.node.BusySite;
import io.posthouse.node.InFlight;
import io.posthouse.node.NodeRole;
import io.posthouse.node.NodeState;
import io.posthouse.node.ShutRoad;
import io.posthouse.node.Some;
import io.posthouse.node.Waiting;
import io.posthouse.node.Work;
import io.posthouse.queue.MalformedRecord;
import io.posthouse.queue.record.BeatRecord;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class BeatCodecTest {
  @ParameterizedTest
  @EnumSource(NodeState.class)
  void a_beat_comes_back_as_it_was(NodeState state) throws MalformedRecord {
    var beat = Beats.of("worker-1", NodeRole.DELIVER, state, "kafka: gone", Beats.busy());
    assertEquals(beat, BeatCodec.decode(BeatCodec.encode(beat)));
  }

  @Test
  void what_a_later_release_says_besides_is_ignored() throws Exception {
    var beat = Beats.worker("worker-1");
    var word = UnknownFieldSet.Field.newBuilder().addLengthDelimited(ByteString.fromHex("0102"));
    var more =
        BeatRecord.parseFrom(BeatCodec.encode(beat)).toBuilder()
            .addRolesValue(99)
            .setUnknownFields(UnknownFieldSet.newBuilder().addField(1_000, word.build()).build())
            .build();
    assertEquals(beat, BeatCodec.decode(more.toByteArray()));
  }

  @Test
  void one_that_tells_no_more_than_the_first_release_did_is_read() throws MalformedRecord {
    var record =
        BeatRecord.newBuilder()
            .setNode("edge-1")
            .addRoles(BeatRecord.Role.EDGE)
            .setState(BeatRecord.State.READY)
            .setAt(Beats.NOW.toEpochMilli())
            .build();
    var beat = BeatCodec.decode(record.toByteArray());
    assertEquals("edge-1/edge", beat.who().key());
    assertEquals(NodeState.READY, beat.state());
    assertEquals(Work.NONE, beat.work());
  }

  @Test
  void a_record_that_is_none_says_so() {
    assertThrows(MalformedRecord.class, () -> BeatCodec.decode(new byte[] {7}));
    assertThrows(MalformedRecord.class, () -> BeatCodec.decode(new byte[0]));
  }

  @Test
  void a_beat_is_bounded_whatever_there_is_to_tell() throws MalformedRecord {
    var long200 = "x".repeat(200);
    var work =
        new Work(
            many(n -> new InFlight(Beats.FIRST, n + long200, "", "", Beats.NOW)),
            many(n -> new Waiting(Beats.FIRST, n + long200, "", n, Beats.NOW)),
            many(n -> new BusySite(n + long200, 1, 1, n, "", Optional.empty())),
            many(n -> new ShutRoad(ShutRoad.Kind.ADDRESS, n + long200, "open", "", Beats.NOW)));
    var octets = BeatCodec.encode(Beats.of("w", NodeRole.DELIVER, NodeState.READY, "", work));
    assertTrue(octets.length <= BeatCodec.LONGEST, () -> "octets: " + octets.length);
    var told = BeatCodec.decode(octets).work();
    assertEquals(10_000, told.sites().all());
    assertEquals(9_999, told.sites().named().getFirst().waiting());
    assertTrue(told.sites().named().size() > 100, () -> "sites: " + told.sites().named().size());
  }

  @Test
  void a_long_story_is_cut() throws MalformedRecord {
    var beat = Beats.of("w", NodeRole.EDGE, NodeState.NOT_READY, "x".repeat(9_999), Work.NONE);
    assertEquals(303, BeatCodec.decode(BeatCodec.encode(beat)).trouble().length());
  }

  private static <T> Some<T> many(IntFunction<T> thing) {
    return Some.of(IntStream.range(0, 10_000).mapToObj(thing).toList());
  }
}
