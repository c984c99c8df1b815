package io.posthouse.delivery.shaping;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// Those who wait for one site, in the order in which they go.
final class Line {
  private final List<Ticket> tickets = new ArrayList<>();

  /// Its place, from 0; taken now if it had none.
  int place(Ticket ticket) {
    var found = Collections.binarySearch(tickets, ticket);
    if (found >= 0) return found;
    tickets.add(-found - 1, ticket);
    return -found - 1;
  }

  void leave(Ticket ticket) {
    var found = Collections.binarySearch(tickets, ticket);
    if (found >= 0) tickets.remove(found);
  }

  Optional<Ticket> head() {
    return tickets.isEmpty() ? Optional.empty() : Optional.of(tickets.getFirst());
  }

  List<Ticket> all() {
    return List.copyOf(tickets);
  }

  int length() {
    return tickets.size();
  }
}
