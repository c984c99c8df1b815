package io.posthouse.kafka;

import io.posthouse.kafka.SweepNote.Sweep;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// Tasks of one partition that are not done yet, in order. While directives are done to it nothing
/// else is: it is swept from its first step to its end, and read again from there.
final class PipePartition {
  private final Deque<PipeRule.Task> pending = new ArrayDeque<>();
  private final Errands errands = new Errands();
  private final Deque<PipeRule.Step> swept = new ArrayDeque<>();
  private SweepNote note;
  private SweepNote committedNote;
  private long committed;
  private long polledTo;

  PipePartition(long from, SweepNote note) {
    committed = from;
    polledTo = from;
    this.note = note;
    committedNote = note;
  }

  SweepNote note() {
    return note;
  }

  Optional<Sweep> sweep() {
    return note.running();
  }

  /// Begins to do all directives up to a number, and forgets what was polled.
  ///
  /// @param end of the partition
  /// @return from where to read
  long beginSweep(long directive, long end) {
    polledTo = next();
    pending.clear();
    // The same ones again are for what has come since.
    var from = note.directive() == directive ? Math.max(polledTo, note.below()) : polledTo;
    note = note.sweeping(new Sweep(directive, from, Math.max(from, end)));
    return sweep().map(Sweep::cursor).orElse(polledTo);
  }

  /// Whether directives up to a number are done here, save to what came since: to what lies between
  /// that and `end`.
  boolean isLate(long directive, long end) {
    return sweep().isEmpty() && note.directive() == directive && note.below() < end;
  }

  /// Steps of a sweep, up to an offset.
  void swept(List<PipeRule.Step> steps, long nextOffset) {
    swept.addAll(steps);
    note = note.running().map(sweep -> note.sweeping(sweep.at(nextOffset))).orElse(note);
  }

  void polled(List<? extends PipeRule.Task> tasks, long nextOffset) {
    pending.addAll(Errands.inTime(tasks));
    polledTo = nextOffset;
  }

  int pending() {
    return pending.size();
  }

  /// Whether anything of it waits to be done: its time, or for what was done before to be told.
  boolean holdsSome() {
    return !pending.isEmpty() || !swept.isEmpty();
  }

  /// When the next task may be done; empty where there is none, or nobody can say.
  Optional<Instant> due() {
    return switch (pending.peek()) {
      case null -> Optional.empty();
      case PipeRule.Step step -> Optional.of(step.due());
      case PipeRule.Errand errand -> errands.due(errand);
    };
  }

  /// Moves to `batch` what is due and fits, and all that was swept.
  void drainDue(Instant now, List<PipeRule.Step> batch, int most) {
    batch.addAll(swept);
    swept.clear();
    errands.begin(pending, now);
    while (batch.size() < most) {
      var step = nextStep(now);
      if (step.isEmpty()) return;
      batch.add(step.get());
      pending.remove();
    }
  }

  private Optional<PipeRule.Step> nextStep(Instant now) {
    var next = pending.peek();
    if (next == null || next.due().isAfter(now)) return Optional.empty();
    return switch (next) {
      case PipeRule.Step step -> Optional.of(step);
      case PipeRule.Errand errand -> errands.outcome(errand, now);
    };
  }

  /// What of this partition is not done begins here; passed over are markers of transactions, too.
  long next() {
    return pending.isEmpty() ? polledTo : pending.element().offset();
  }

  boolean isChanged() {
    return next() != committed || !note.equals(committedNote);
  }

  /// Whether all that has changed is how far a sweep is that goes on: whoever dies before that is
  /// noted sweeps the same records again, and again finds nothing to do.
  boolean isSweepingOn() {
    return swept.isEmpty()
        && next() == committed
        && sweep().isPresent()
        && note.newest() == committedNote.newest();
  }

  void committed() {
    committed = next();
    committedNote = note;
    errands.passed(committed);
  }
}
