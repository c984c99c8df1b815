package io.posthouse.edge.session;

import io.posthouse.address.MailAddress;
import io.posthouse.telemetry.Checked;
import java.util.List;
import java.util.stream.Stream;

/// What our checks said of a sender, and of the recipients we said 250 to.
///
/// @param ofRecipients in the order of the recipients; one named twice is here twice
public record Checks(List<Checked> ofSender, List<OfRecipient> ofRecipients) {
  private static final int MOST = 100;

  public Checks {
    ofSender = List.copyOf(ofSender);
    ofRecipients = List.copyOf(ofRecipients);
  }

  /// What they said of one recipient.
  public record OfRecipient(MailAddress address, List<Checked> said) {
    public OfRecipient {
      said = List.copyOf(said);
    }

    private Stream<Checked> without(List<Checked> ofAll) {
      return said.stream().filter(one -> !ofAll.contains(one)).map(one -> one.of(address));
    }
  }

  static Checks of(List<Checked> sender) {
    return new Checks(sender, List.of());
  }

  Checks with(MailAddress recipient, List<Checked> said) {
    var one = new OfRecipient(recipient, said);
    return new Checks(ofSender, Stream.concat(ofRecipients.stream(), Stream.of(one)).toList());
  }

  /// All of it, as far as an event lists it. What was said of every recipient comes before what was
  /// said of some, and once.
  public List<Checked> all() {
    var ofAll = ofAllRecipients();
    var ofSome = ofRecipients.stream().distinct().flatMap(one -> one.without(ofAll)).limit(MOST);
    return Stream.of(ofSender.stream(), ofAll.stream(), ofSome).flatMap(said -> said).toList();
  }

  private List<Checked> ofAllRecipients() {
    if (ofRecipients.isEmpty()) return List.of();
    return ofRecipients.getFirst().said().stream()
        .filter(said -> ofRecipients.stream().allMatch(one -> one.said().contains(said)))
        .toList();
  }
}
