package io.posthouse.delivery.conversation;

import java.util.List;

/// What one transaction came to.
///
/// @param said at most one for each recipient; who has none is told by the ending
public record Report(List<Said> said, Ending ending) {
  public Report {
    said = List.copyOf(said);
  }

  /// Whether the host had gone, or was about to, before this transaction began: as happens on a
  /// connection that was idle. Nothing is lost by trying again on another.
  public boolean wasTooLate() {
    return switch (ending) {
      case Ending.Lost(Stage stage, boolean _, String _) ->
          stage == Stage.MAIL && said.stream().allMatch(Report::isFarewell);
      case Ending.Leaving() -> said.stream().allMatch(Report::isFarewell);
      case Ending.Ready(), Ending.Unsuitable _, Ending.ContentUnreadable _, Ending.Unsendable _ ->
          false;
    };
  }

  /// Whether the host waits for the next MAIL.
  public boolean leavesConnectionOpen() {
    return ending instanceof Ending.Ready || ending instanceof Ending.Unsuitable;
  }

  private static boolean isFarewell(Said said) {
    return said.to() == Stage.MAIL && said.reply().code() == 421;
  }
}
