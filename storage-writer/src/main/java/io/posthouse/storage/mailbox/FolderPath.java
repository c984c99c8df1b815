package io.posthouse.storage.mailbox;

/// The name of a folder: names with `/` between them, the first of which is INBOX in any case.
public record FolderPath(String text) {
  private static final int LONGEST = 512;

  public FolderPath {
    if (text.length() > LONGEST
        || text.chars().anyMatch(c -> c < ' ' || c == 127)
        || ("/" + text + "/").contains("//"))
      throw new IllegalArgumentException(
          "folder: " + text + " (expected: names with / between them)");
    if (text.equalsIgnoreCase(MailboxReader.INBOX)) text = MailboxReader.INBOX;
  }

  public boolean isInbox() {
    return text.equals(MailboxReader.INBOX);
  }

  @Override
  public String toString() {
    return text;
  }
}
