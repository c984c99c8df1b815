package io.posthouse.kafka;

import java.util.EnumMap;
import java.util.Map;

/// What a replay did, or would do, with the messages of its span.
///
/// @param replayed messages that are in the queue again
/// @param left those that are not, by reason
public record ReplayCounts(long replayed, Map<LeftOut, Long> left) {
  /// Of nothing yet.
  public static final ReplayCounts NONE = new ReplayCounts(0, Map.of());

  public ReplayCounts {
    left = Map.copyOf(left);
  }

  /// With more that are in the queue again.
  public ReplayCounts plusReplayed(long more) {
    return new ReplayCounts(replayed + more, left);
  }

  /// With one more that is not.
  public ReplayCounts plus(LeftOut reason) {
    var more = new EnumMap<LeftOut, Long>(LeftOut.class);
    more.putAll(left);
    more.merge(reason, 1L, Long::sum);
    return new ReplayCounts(replayed, more);
  }
}
