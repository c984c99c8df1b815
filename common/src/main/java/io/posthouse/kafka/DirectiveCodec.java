package io.posthouse.kafka;

import com.google.protobuf.InvalidProtocolBufferException;
import io.posthouse.address.Domain;
import io.posthouse.directive.Act;
import io.posthouse.directive.Directive;
import io.posthouse.message.NextHop;
import io.posthouse.queue.MalformedRecord;
import io.posthouse.queue.QueueFilterCodec;
import io.posthouse.queue.record.DirectiveRecord;
import io.posthouse.queue.record.NextHopRecord;
import java.time.Instant;
import java.util.Optional;

/// Directives as protobuf records (`envelope.proto`).
final class DirectiveCodec {
  private DirectiveCodec() {}

  static byte[] encode(Directive directive) {
    var record =
        DirectiveRecord.newBuilder()
            .setId(directive.id())
            .setFilter(QueueFilterCodec.encode(directive.filter()))
            .setAt(directive.at().toEpochMilli())
            .setUntil(directive.until().map(Instant::toEpochMilli).orElse(0L))
            .setReason(directive.reason())
            .setOperator(directive.operator())
            .setKind(DirectiveRecord.Kind.valueOf(directive.act().kind().name()));
    switch (directive.act()) {
      case Act.Reroute(var to) ->
          record.setNextHop(
              NextHopRecord.newBuilder().setHost(to.host().name()).setPort(to.port()));
      case Act.Undo(var id) -> record.setUndone(id);
      case Act.Hold(), Act.Release(), Act.Flush(), Act.Bounce(), Act.Drop() -> {}
    }
    return record.build().toByteArray();
  }

  /// The directive in a record.
  ///
  /// @throws MalformedRecord if it is none, or one of a later release
  static Directive decode(byte[] octets) throws MalformedRecord {
    try {
      return directive(DirectiveRecord.parseFrom(octets));
    } catch (InvalidProtocolBufferException | IllegalArgumentException malformed) {
      throw new MalformedRecord(String.valueOf(malformed.getMessage()), malformed);
    }
  }

  private static Directive directive(DirectiveRecord record) throws MalformedRecord {
    return new Directive(
        record.getId(),
        act(record),
        QueueFilterCodec.decode(record.getFilter()),
        Instant.ofEpochMilli(record.getAt()),
        record.getUntil() == 0
            ? Optional.empty()
            : Optional.of(Instant.ofEpochMilli(record.getUntil())),
        record.getReason(),
        record.getOperator());
  }

  private static Act act(DirectiveRecord record) {
    return switch (record.getKind()) {
      case HOLD -> new Act.Hold();
      case RELEASE -> new Act.Release();
      case FLUSH -> new Act.Flush();
      case BOUNCE -> new Act.Bounce();
      case DROP -> new Act.Drop();
      case REROUTE -> new Act.Reroute(nextHop(record.getNextHop()));
      case UNDO -> new Act.Undo(record.getUndone());
      case KIND_UNSPECIFIED, UNRECOGNIZED -> throw new IllegalArgumentException("act: unknown");
    };
  }

  private static NextHop nextHop(NextHopRecord record) {
    return new NextHop(new Domain(record.getHost()), record.getPort());
  }
}
