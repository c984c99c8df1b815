package io.posthouse.edge.session;

/// What a client logs in with. Never in a log.
public record Credentials(String userName, String password) {
  @Override
  public String toString() {
    return "credentials of " + userName;
  }
}
