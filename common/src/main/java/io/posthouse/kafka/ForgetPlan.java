package io.posthouse.kafka;

import io.posthouse.directive.Act;
import io.posthouse.directive.Directive;
import io.posthouse.directive.Directives;
import io.posthouse.directive.Directives.Numbered;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Which directives nobody needs any more. A decision about values; nothing is written here.
///
/// One is needed as long as a message may turn up that it touches, and as long as a record may lie
/// before a mover from which it has taken somebody: who did not know it would send to them again.
final class ForgetPlan {
  private ForgetPlan() {}

  /// Those that may go.
  ///
  /// @param dawn nothing in the queue arrived before
  /// @param swept what movers have before them
  static List<Directive> forgettable(Directives known, Instant dawn, List<OwedSurvey.Open> swept) {
    var ids =
        known.inOrder().stream().map(next -> next.directive().id()).collect(Collectors.toSet());
    return known.inOrder().stream()
        // By the number of the last, all know that they have heard of everything.
        .filter(next -> next.number() < known.newest())
        .filter(next -> known.reach(next.directive()).isBefore(dawn))
        .filter(next -> !undoes(next.directive(), ids))
        .filter(next -> swept.stream().noneMatch(part -> needs(part, next)))
        .map(Numbered::directive)
        .toList();
  }

  /// Without it the other would be in force again, which goes first.
  private static boolean undoes(Directive directive, Set<String> known) {
    return directive.act() instanceof Act.Undo(var id) && known.contains(id);
  }

  /// Whether it is yet to be done to a partition, or has been done to its first record: it is done
  /// from the first on, so to none behind, if not to that one.
  private static boolean needs(OwedSurvey.Open part, Numbered one) {
    if (part.spans().isEmpty()) return false;
    var first = part.spans().getFirst().from();
    return part.sweep().directive() < one.number() || part.sweep().done(first) >= one.number();
  }
}
