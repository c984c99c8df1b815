package io.posthouse.kafka;

import com.google.protobuf.InvalidProtocolBufferException;
import io.posthouse.message.QueueId;
import io.posthouse.node.Beat;
import io.posthouse.node.BusySite;
import io.posthouse.node.Identity;
import io.posthouse.node.InFlight;
import io.posthouse.node.NodeRole;
import io.posthouse.node.NodeState;
import io.posthouse.node.ShutRoad;
import io.posthouse.node.Some;
import io.posthouse.node.Waiting;
import io.posthouse.node.Work;
import io.posthouse.queue.MalformedRecord;
import io.posthouse.queue.record.BeatRecord;
import io.posthouse.queue.record.BusySiteRecord;
import io.posthouse.queue.record.InFlightRecord;
import io.posthouse.queue.record.ShutRoadRecord;
import io.posthouse.queue.record.WaitingRecord;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Beats as protobuf records (`envelope.proto`).
final class BeatCodec {
  /// Longer than any that is written.
  static final int LONGEST = 200_000;

  private static final int LONGEST_TEXT = 300;

  private BeatCodec() {}

  /// Names as many of each thing as fit.
  static byte[] encode(Beat beat) {
    var most = Integer.MAX_VALUE;
    while (true) {
      var octets = record(beat.atMost(most)).toByteArray();
      if (octets.length <= LONGEST || most == 0) return octets;
      most = Math.min(most, mostNamed(beat.work())) / 2;
    }
  }

  /// The beat in a record.
  ///
  /// @throws MalformedRecord if it is none, or one of a later release
  static Beat decode(byte[] octets) throws MalformedRecord {
    try {
      return beat(BeatRecord.parseFrom(octets));
    } catch (InvalidProtocolBufferException | IllegalArgumentException malformed) {
      throw new MalformedRecord(String.valueOf(malformed.getMessage()), malformed);
    }
  }

  private static int mostNamed(Work work) {
    return List.of(work.inFlight(), work.waiting(), work.sites(), work.shut()).stream()
        .mapToInt(some -> some.named().size())
        .max()
        .orElse(0);
  }

  private static BeatRecord record(Beat beat) {
    var who = beat.who();
    var record =
        BeatRecord.newBuilder()
            .setNode(who.node())
            .setRelease(who.release())
            .setStarted(who.started().toEpochMilli())
            .setTelemetry(who.telemetry())
            .setAt(beat.at().toEpochMilli())
            .setState(BeatRecord.State.valueOf(beat.state().name()))
            .setSince(beat.since().toEpochMilli())
            .setTrouble(cut(beat.trouble()));
    who.roles().stream()
        .sorted()
        .forEach(role -> record.addRoles(BeatRecord.Role.valueOf(role.name())));
    addWork(record, beat.work());
    return record.build();
  }

  private static void addWork(BeatRecord.Builder record, Work work) {
    record
        .setInFlightAll(work.inFlight().all())
        .setWaitingAll(work.waiting().all())
        .setSitesAll(work.sites().all())
        .setShutAll(work.shut().all());
    for (var one : work.inFlight().named())
      record.addInFlight(
          InFlightRecord.newBuilder()
              .setQueueId(one.id().text())
              .setDestination(one.destination())
              .setSite(one.site())
              .setTo(one.to())
              .setSince(one.since().toEpochMilli()));
    for (var one : work.waiting().named())
      record.addWaiting(
          WaitingRecord.newBuilder()
              .setQueueId(one.id().text())
              .setDestination(one.destination())
              .setSite(one.site())
              .setBefore(one.before())
              .setSince(one.since().toEpochMilli()));
    for (var one : work.sites().named())
      record.addSites(
          BusySiteRecord.newBuilder()
              .setName(one.name())
              .setActive(one.active())
              .setMost(one.most())
              .setWaiting(one.waiting())
              .setReason(cut(one.reason()))
              .setUntil(one.until().map(Instant::toEpochMilli).orElse(0L)));
    for (var one : work.shut().named())
      record.addShut(
          ShutRoadRecord.newBuilder()
              .setKind(ShutRoadRecord.Kind.valueOf(one.kind().name()))
              .setWhat(one.what())
              .setState(one.state())
              .setWhy(cut(one.why()))
              .setUntil(one.until().toEpochMilli()));
  }

  private static Beat beat(BeatRecord record) {
    return new Beat(
        new Identity(
            record.getNode(),
            roles(record.getRolesList()),
            record.getRelease(),
            time(record.getStarted()),
            record.getTelemetry()),
        time(record.getAt()),
        NodeState.valueOf(record.getState().name()),
        time(record.getSince()),
        record.getTrouble(),
        work(record));
  }

  private static Work work(BeatRecord record) {
    return new Work(
        some(record.getInFlightList(), BeatCodec::inFlight, record.getInFlightAll()),
        some(record.getWaitingList(), BeatCodec::waiting, record.getWaitingAll()),
        some(record.getSitesList(), BeatCodec::site, record.getSitesAll()),
        some(record.getShutList(), BeatCodec::shut, record.getShutAll()));
  }

  private static InFlight inFlight(InFlightRecord record) {
    return new InFlight(
        new QueueId(record.getQueueId()),
        record.getDestination(),
        record.getSite(),
        record.getTo(),
        time(record.getSince()));
  }

  private static Waiting waiting(WaitingRecord record) {
    return new Waiting(
        new QueueId(record.getQueueId()),
        record.getDestination(),
        record.getSite(),
        record.getBefore(),
        time(record.getSince()));
  }

  private static BusySite site(BusySiteRecord record) {
    return new BusySite(
        record.getName(),
        record.getActive(),
        record.getMost(),
        record.getWaiting(),
        record.getReason(),
        record.getUntil() == 0 ? Optional.empty() : Optional.of(time(record.getUntil())));
  }

  private static ShutRoad shut(ShutRoadRecord record) {
    return new ShutRoad(
        ShutRoad.Kind.valueOf(record.getKind().name()),
        record.getWhat(),
        record.getState(),
        record.getWhy(),
        time(record.getUntil()));
  }

  /// What a later release does besides, we have no word for.
  private static Set<NodeRole> roles(List<BeatRecord.Role> records) {
    var roles = EnumSet.noneOf(NodeRole.class);
    for (var record : records) {
      switch (record) {
        case EDGE -> roles.add(NodeRole.EDGE);
        case DELIVER -> roles.add(NodeRole.DELIVER);
        case STORE -> roles.add(NodeRole.STORE);
        case ROLE_UNSPECIFIED, UNRECOGNIZED -> {}
      }
    }
    return roles;
  }

  private static <R, T> Some<T> some(List<R> records, Function<R, T> reader, int all) {
    return new Some<>(records.stream().map(reader).toList(), Math.max(all, records.size()));
  }

  private static Instant time(long millis) {
    return Instant.ofEpochMilli(millis);
  }

  private static String cut(String text) {
    return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "...";
  }
}
