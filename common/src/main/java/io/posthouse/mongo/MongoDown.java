package io.posthouse.mongo;

/// MongoDB did not do what it was asked: says nothing about the mail or the user in question. Try
/// again later.
public final class MongoDown extends Exception {
  private static final long serialVersionUID = 1;

  MongoDown(String why) {
    super(why);
  }

  MongoDown(String why, Throwable cause) {
    super(why, cause);
  }

  /// For our log and readiness, not for a client.
  public String why() {
    return String.valueOf(getMessage());
  }
}
