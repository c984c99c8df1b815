package io.posthouse.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/// What the other readers have in hand, as far as they have told. Knows nothing of brokers or
/// clocks.
///
/// A reader that is not heard of for the whole lease is dead, and what it claimed is anybody's.
/// Only time counts in which it could have been heard: while Kafka is away nobody dies.
final class ClaimBoard {
  private final String ourselves;
  private final Duration lease;
  private final Map<String, Member> members = new HashMap<>();

  /// What is known of a record beside what the commits of the group say.
  enum Standing {
    /// Nobody else has it.
    FREE,
    /// Somebody else has it in hand: it must not be taken.
    CLAIMED,
    /// Somebody else had it in hand, and is done with it.
    DONE
  }

  private record Member(ClaimSheet sheet, Duration silence) {}

  /// @param ourselves whose sheets say nothing new
  ClaimBoard(String ourselves, Duration lease) {
    this.ourselves = ourselves;
    this.lease = lease;
  }

  void hear(ClaimSheet sheet) {
    if (sheet.member().equals(ourselves)) return;
    if (sheet.isEmpty()) members.remove(sheet.member());
    else members.put(sheet.member(), new Member(sheet, Duration.ZERO));
  }

  /// For so long there was nothing to hear but what has been heard already.
  void silence(Duration passed) {
    members.replaceAll((_, member) -> new Member(member.sheet, member.silence.plus(passed)));
  }

  Standing standing(TopicPartition id, long offset, long written) {
    var standing = Standing.FREE;
    for (var member : members.values()) {
      var claims = member.sheet.of(id);
      if (claims.done().contains(offset, written)) return Standing.DONE;
      if (claims.open().contains(offset, written) && isAlive(member)) standing = Standing.CLAIMED;
    }
    return standing;
  }

  private boolean isAlive(Member member) {
    return member.silence.compareTo(lease) < 0;
  }
}
