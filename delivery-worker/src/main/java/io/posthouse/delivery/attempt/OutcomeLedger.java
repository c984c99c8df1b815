package io.posthouse.delivery.attempt;

import io.posthouse.message.Recipient;
import io.posthouse.outcome.DeliveryOutcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What is known of each recipient so far in one attempt: a last word, or the best of what several
/// addresses said. Used by one thread.
final class OutcomeLedger {
  private final List<Recipient> recipients;
  private final Map<Recipient, DeliveryOutcome> settled = new LinkedHashMap<>();
  private final Map<Recipient, DeliveryOutcome> noted = new LinkedHashMap<>();

  OutcomeLedger(List<Recipient> recipients) {
    this.recipients = List.copyOf(recipients);
  }

  /// Those another address may still do something for.
  List<Recipient> open() {
    return recipients.stream().filter(r -> !settled.containsKey(r)).toList();
  }

  boolean isSettled() {
    return settled.size() == recipients.size();
  }

  void put(Recipient recipient, Judged judged) {
    if (judged.last()) settled.put(recipient, judged.outcome());
    else note(recipient, judged.outcome());
  }

  /// Stands unless another address says better. What one host could do later outweighs what another
  /// could never do.
  void note(Recipient recipient, DeliveryOutcome outcome) {
    noted.merge(recipient, outcome, OutcomeLedger::better);
  }

  void noteRest(DeliveryOutcome outcome) {
    open().forEach(recipient -> note(recipient, outcome));
  }

  /// The last word for everybody who has none.
  void settleRest(DeliveryOutcome outcome) {
    open().forEach(recipient -> settled.put(recipient, outcome));
  }

  boolean hasNothingNoted() {
    return noted.isEmpty();
  }

  /// Every recipient with its outcome, in the order of the envelope.
  ///
  /// @param otherwise for those of whom nobody said anything
  Map<Recipient, DeliveryOutcome> outcomes(DeliveryOutcome otherwise) {
    var all = new LinkedHashMap<Recipient, DeliveryOutcome>();
    for (var recipient : recipients) {
      var tentative = noted.getOrDefault(recipient, otherwise);
      all.put(recipient, settled.getOrDefault(recipient, tentative));
    }
    return all;
  }

  /// Only those with a last word.
  Map<Recipient, DeliveryOutcome> settled() {
    return Map.copyOf(settled);
  }

  private static DeliveryOutcome better(DeliveryOutcome earlier, DeliveryOutcome later) {
    return later instanceof DeliveryOutcome.Failed && earlier instanceof DeliveryOutcome.Deferred
        ? earlier
        : later;
  }
}
