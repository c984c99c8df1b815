package io.posthouse.kafka;

import io.posthouse.queue.QueueReader.Intake;
import io.posthouse.queue.Taken;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/// Remembers what it was given, and settles at once what it is told to.
final class RecordingIntake implements Intake {
  private final List<Taken> all = new CopyOnWriteArrayList<>();
  private final Predicate<Taken> settles;

  RecordingIntake(Predicate<Taken> settles) {
    this.settles = settles;
  }

  static RecordingIntake settlingAll() {
    return new RecordingIntake(_ -> true);
  }

  static RecordingIntake settlingNone() {
    return new RecordingIntake(_ -> false);
  }

  @Override
  public void take(Taken taken) {
    all.add(taken);
    if (settles.test(taken)) taken.settle();
  }

  List<Taken> all() {
    return List.copyOf(all);
  }

  int count() {
    return all.size();
  }
}
