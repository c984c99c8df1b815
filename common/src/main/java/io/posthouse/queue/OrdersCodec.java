package io.posthouse.queue;

import io.posthouse.address.Domain;
import io.posthouse.message.Ending;
import io.posthouse.message.NextHop;
import io.posthouse.message.Orders;
import io.posthouse.queue.record.EndingRecord;
import io.posthouse.queue.record.NextHopRecord;
import io.posthouse.queue.record.OrdersRecord;
import java.time.Instant;
import java.util.Optional;

/// What operators have ordered about a message, in its envelope.
final class OrdersCodec {
  private OrdersCodec() {}

  /// Empty where no operator has touched it, as it is of nearly all mail.
  static Optional<OrdersRecord> encode(Orders orders) {
    if (orders.equals(Orders.NONE)) return Optional.empty();
    var record = OrdersRecord.newBuilder().setSeen(orders.seen());
    orders.nextHop().ifPresent(hop -> record.setNextHop(encode(hop)));
    orders.ending().ifPresent(ending -> record.setEnding(encode(ending)));
    orders.heldSince().ifPresent(since -> record.setHeldSince(since.toEpochMilli()));
    return Optional.of(record.build());
  }

  static Orders orders(OrdersRecord record) {
    return new Orders(
        record.getSeen(),
        record.hasNextHop() ? Optional.of(nextHop(record.getNextHop())) : Optional.empty(),
        record.hasEnding() ? Optional.of(ending(record.getEnding())) : Optional.empty(),
        record.getHeldSince() == 0
            ? Optional.empty()
            : Optional.of(Instant.ofEpochMilli(record.getHeldSince())));
  }

  static NextHopRecord encode(NextHop hop) {
    return NextHopRecord.newBuilder().setHost(hop.host().name()).setPort(hop.port()).build();
  }

  static NextHop nextHop(NextHopRecord record) {
    return new NextHop(new Domain(record.getHost()), record.getPort());
  }

  private static EndingRecord encode(Ending ending) {
    return EndingRecord.newBuilder()
        .setDirective(ending.directive())
        .setTold(ending.told())
        .setReason(ending.reason())
        .setOperator(ending.operator())
        .build();
  }

  private static Ending ending(EndingRecord record) {
    return new Ending(
        record.getDirective(), record.getTold(), record.getReason(), record.getOperator());
  }
}
