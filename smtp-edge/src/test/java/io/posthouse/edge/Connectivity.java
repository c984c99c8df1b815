package io.posthouse.edge;

import static io.posthouse.edge.session.ListenerKind.MX;
import static io.posthouse.edge.session.ListenerKind.SUBMISSION;
import static io.posthouse.edge.session.ListenerKind.SUBMISSIONS;

import io.posthouse.edge.session.ListenerKind;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// What must go the same way whichever door a client takes and however the network cuts it. Numbers
/// are those of a list of troubles that other platforms had.
///
/// @param doors the kinds of listener it is tried on
/// @param inTheClear whether `script` comes before TLS
/// @param script after [Door#beginning()], or after [Door#beginningInTheClear()]
record Connectivity(
    String number, String what, Set<ListenerKind> doors, boolean inTheClear, String script) {
  static final Set<ListenerKind> FOR_SERVERS = Set.of(MX);
  static final Set<ListenerKind> FOR_USERS = Set.of(SUBMISSION, SUBMISSIONS);
  static final Set<ListenerKind> ALL_DOORS = Set.of(MX, SUBMISSION, SUBMISSIONS);

  static List<Connectivity> all() {
    return Stream.of(LoginConnectivity.all(), MailConnectivity.all())
        .flatMap(List::stream)
        .toList();
  }

  /// For users, who log in inside TLS.
  static Connectivity users(String number, String what, String script) {
    return new Connectivity(number, what, FOR_USERS, false, script);
  }

  /// The whole dialogue.
  String at(Door door) {
    return (inTheClear ? door.beginningInTheClear() : door.beginning()) + script;
  }

  @Override
  public String toString() {
    return number + " " + what;
  }
}
