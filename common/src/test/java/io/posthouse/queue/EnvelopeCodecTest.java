package io.posthouse.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import io.posthouse.message.Envelope;
import io.posthouse.message.RandomEnvelopes;
import io.posthouse.message.Samples;
import io.posthouse.queue.record.EnvelopeRecord;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EnvelopeCodecTest {
  @Test
  void encode_and_decode_are_inverses() throws MalformedRecord {
    var seed = 31415L;
    var envelopes = new RandomEnvelopes(seed);
    for (int i = 0; i < 2000; i++) {
      var envelope = envelopes.next();
      var decoded = EnvelopeCodec.decode(EnvelopeCodec.encode(envelope));
      assertEquals(envelope, decoded, "seed " + seed + ", " + i);
    }
  }

  @Test
  void a_record_may_hold_its_own_message_and_surely_no_other() {
    var seed = 27182L;
    var envelopes = new RandomEnvelopes(seed);
    for (int i = 0; i < 500; i++) {
      var envelope = envelopes.next();
      var record = EnvelopeCodec.encode(envelope);
      assertTrue(EnvelopeCodec.mayHold(envelope.queueId(), record), "seed " + seed + ", " + i);
      assertFalse(EnvelopeCodec.mayHold(Samples.queueId(), record), "seed " + seed + ", " + i);
    }
  }

  @Test
  void what_does_not_begin_with_an_id_may_hold_any_message() throws Exception {
    assertTrue(EnvelopeCodec.mayHold(Samples.queueId(), new byte[0]));
    assertTrue(EnvelopeCodec.mayHold(Samples.queueId(), new byte[] {10, 15, 'x'}));
    var without = record(Samples.message(Samples.ALICE)).clearQueueId().build().toByteArray();
    assertTrue(EnvelopeCodec.mayHold(Samples.queueId(), without));
  }

  @Test
  void what_a_later_release_adds_is_ignored() throws Exception {
    var envelope = Samples.message(Samples.ALICE, Samples.CAROL);
    var later = record(envelope);
    later.setUnknownFields(unknown(1000));
    later.getRecipientsBuilder(0).setUnknownFields(unknown(1001));
    later.getRecipientsBuilder(0).addNotifyValue(99);
    later.getClientBuilder().setUnknownFields(unknown(1002));
    assertEquals(envelope, EnvelopeCodec.decode(later.build().toByteArray()));
  }

  @Test
  void a_body_type_of_a_later_release_counts_as_8_bit() throws Exception {
    var later = record(Samples.message(Samples.ALICE));
    later.getParametersBuilder().setBodyValue(99);
    assertEquals(
        "EIGHT_BIT_MIME",
        EnvelopeCodec.decode(later.build().toByteArray()).parameters().body().name());
  }

  @Test
  void a_record_that_breaks_a_rule_is_malformed() throws Exception {
    malformed(record -> record.setQueueId("nonsense"));
    malformed(EnvelopeRecord.Builder::clearQueueId);
    malformed(record -> record.setReversePath("no address"));
    malformed(EnvelopeRecord.Builder::clearRecipients);
    malformed(record -> record.getRecipientsBuilder(0).setAddress(""));
    malformed(record -> record.getRecipientsBuilder(0).clearDestination());
    malformed(record -> record.getRecipientsBuilder(0).getDestinationBuilder().setLocal("me"));
    malformed(record -> record.getRecipientsBuilder(0).getDestinationBuilder().setForwarded("me"));
    malformed(record -> record.getRecipientsBuilder(0).getDestinationBuilder().setRemote("a b"));
    malformed(record -> record.getClientBuilder().setAddress(ByteString.copyFromUtf8("abc")));
    malformed(EnvelopeRecord.Builder::clearContent);
    malformed(record -> record.getChunksBuilder().setSize(3));
    malformed(record -> record.getChunksBuilder().setSize(3).addOffsets(-1));
    malformed(record -> record.getChunksBuilder().setSize(-3).addOffsets(1));
    malformed(record -> record.getInRecordBuilder().setOffset(1));
    malformed(record -> record.getInRecordBuilder().setTopic("remote").setOffset(-1));
    malformed(record -> record.setAttemptCount(-1));
    malformed(EnvelopeRecord.Builder::addAttemptsBuilder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Subject: hello\r\n", "{\"queue_id\":1}"})
  void what_is_no_record_of_ours_is_malformed(String text) {
    var octets = text.getBytes(StandardCharsets.UTF_8);
    assertThrows(MalformedRecord.class, () -> EnvelopeCodec.decode(octets));
  }

  @Test
  void any_octets_at_all_are_an_envelope_or_malformed() {
    var seed = 27182L;
    var random = new SplittableRandom(seed);
    var envelopes = new RandomEnvelopes(seed);
    for (int i = 0; i < 5000; i++) {
      var octets = EnvelopeCodec.encode(envelopes.next());
      for (int flips = 1 + random.nextInt(4); flips > 0; flips--)
        octets[random.nextInt(octets.length)] = (byte) random.nextInt();
      decodeOrRefuse(octets, "seed " + seed + ", " + i);
    }
  }

  private static void decodeOrRefuse(byte[] octets, String which) {
    try {
      // What is understood is also understood when it is passed on.
      var envelope = EnvelopeCodec.decode(octets);
      assertEquals(envelope, EnvelopeCodec.decode(EnvelopeCodec.encode(envelope)), which);
    } catch (MalformedRecord expected) {
      // It goes to the dead letters.
    } catch (RuntimeException e) {
      throw new AssertionError(which, e);
    }
  }

  private static void malformed(Consumer<EnvelopeRecord.Builder> change)
      throws InvalidProtocolBufferException {
    var record = record(Samples.message(Samples.CAROL));
    change.accept(record);
    assertThrows(
        MalformedRecord.class,
        () -> EnvelopeCodec.decode(record.build().toByteArray()),
        record::toString);
  }

  private static EnvelopeRecord.Builder record(Envelope envelope)
      throws InvalidProtocolBufferException {
    return EnvelopeRecord.parseFrom(EnvelopeCodec.encode(envelope)).toBuilder();
  }

  private static UnknownFieldSet unknown(int number) {
    var field = UnknownFieldSet.Field.newBuilder().addVarint(42).build();
    return UnknownFieldSet.newBuilder().addField(number, field).build();
  }
}
