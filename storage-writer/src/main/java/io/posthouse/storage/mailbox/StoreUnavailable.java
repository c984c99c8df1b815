package io.posthouse.storage.mailbox;

import java.io.IOException;

/// The store did not answer: says nothing about the message that was asked for.
public final class StoreUnavailable extends IOException {
  private static final long serialVersionUID = 1;

  public StoreUnavailable(String why, Throwable cause) {
    super(why, cause);
  }
}
