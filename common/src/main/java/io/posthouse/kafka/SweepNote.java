package io.posthouse.kafka;

import io.posthouse.message.Orders;
import java.util.Optional;
import java.util.regex.Pattern;

/// How far directives have been done in a partition from which records are moved: kept with the
/// offset that is committed, so that it is true whoever reads the partition next.
///
/// @param directive the number of the last one that has been done; [Orders#NEVER] for none
/// @param below it has been done to the records before this offset; what came later is not its
///   business
/// @param running a sweep that is not over
record SweepNote(long directive, long below, Optional<Sweep> running) {
  static final SweepNote NONE = new SweepNote(Orders.NEVER, 0, Optional.empty());

  private static final Pattern FORM =
      Pattern.compile("sweep1:(-?\\d{1,18}):(\\d{1,18})(?::(\\d{1,18}):(\\d{1,18}):(\\d{1,18}))?");

  /// All directives up to a number being done.
  ///
  /// @param cursor they have been done to the records before this offset
  /// @param end they are done to the records before this offset
  record Sweep(long directive, long cursor, long end) {
    Sweep at(long offset) {
      return new Sweep(directive, Math.min(offset, end), end);
    }

    boolean isOver() {
      return cursor >= end;
    }
  }

  /// Metadata that is none says that nothing was done.
  static SweepNote parse(String metadata) {
    var form = FORM.matcher(metadata);
    if (!form.matches()) return NONE;
    var running =
        form.group(3) == null
            ? Optional.<Sweep>empty()
            : Optional.of(
                new Sweep(number(form.group(3)), number(form.group(4)), number(form.group(5))));
    return new SweepNote(number(form.group(1)), number(form.group(2)), running);
  }

  String metadata() {
    var sweep = running.map(s -> ":" + s.directive() + ":" + s.cursor() + ":" + s.end()).orElse("");
    return "sweep1:" + directive + ":" + below + sweep;
  }

  /// The number of the last directive that has been done to the record at an offset.
  long done(long offset) {
    if (running.filter(sweep -> offset < sweep.cursor()).isPresent())
      return running.get().directive();
    return offset < below ? directive : Orders.NEVER;
  }

  /// The number of the last directive that is done, or being done.
  long newest() {
    return running.map(Sweep::directive).orElse(directive);
  }

  /// A sweep begins.
  SweepNote sweeping(Sweep sweep) {
    return sweep.isOver() ? over(sweep) : new SweepNote(directive, below, Optional.of(sweep));
  }

  private static SweepNote over(Sweep sweep) {
    return new SweepNote(sweep.directive(), sweep.end(), Optional.empty());
  }

  /// The same of a log that ends at `end`: a broker that lost its last records gives their offsets
  /// to new ones.
  SweepNote within(long end) {
    var shorter =
        running.map(
            s -> new Sweep(s.directive(), Math.min(s.cursor(), end), Math.min(s.end(), end)));
    var cut = new SweepNote(directive, Math.min(below, end), Optional.empty());
    return shorter.map(cut::sweeping).orElse(cut);
  }

  private static long number(String digits) {
    return Long.parseLong(digits);
  }
}
