package io.posthouse.ops.queue;

import io.posthouse.kafka.DeadLetterReplay;
import io.posthouse.kafka.DeadLetterReplay.Answer;
import io.posthouse.kafka.ReplayCounts;
import io.posthouse.ops.cli.ExitCode;
import io.posthouse.queue.DeadLetter;
import java.util.function.Consumer;

/// Counts what becomes of dead letters, and says why of those that remain.
final class DeadTally implements DeadLetterReplay.Observer {
  private final ScanProgress progress;
  private final Consumer<String> say;
  private ReplayCounts counts = ReplayCounts.NONE;

  /// @param progress which makes way for what is said
  DeadTally(ScanProgress progress, Consumer<String> say) {
    this.progress = progress;
    this.say = say;
  }

  @Override
  public void became(DeadLetter letter, Answer answer) {
    switch (answer) {
      case Answer.Done _ -> counts = counts.plusReplayed(1);
      case Answer.NotDone(var reason, var why) -> {
        counts = counts.plus(reason);
        progress.clear();
        say.accept(letter.id() + ": " + why);
      }
    }
  }

  ReplayCounts counts() {
    return counts;
  }

  int exitCode() {
    return counts.left().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
  }
}
