package io.posthouse.storage.mailbox;

import io.posthouse.directory.UserId;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Looks into mailboxes. Blocks.
public interface MailboxReader {
  /// The folder that new mail goes to.
  String INBOX = "INBOX";

  /// The messages of a folder by their numbers, oldest first; none where there is no such folder.
  ///
  /// @throws IOException if the store does not answer
  List<Entry> list(UserId user, String mailbox) throws IOException;

  /// The messages after one, at most so many: for folders too long for memory.
  ///
  /// @param after the number of the last one seen; 0 to begin
  /// @throws IOException if the store does not answer
  default List<Entry> page(UserId user, String mailbox, long after, int most) throws IOException {
    return list(user, mailbox).stream().filter(mail -> mail.uid() > after).limit(most).toList();
  }

  /// One message; empty where it is not there.
  ///
  /// @throws IOException if the store does not answer
  Optional<Entry> show(UserId user, String mailbox, long uid) throws IOException;

  /// Writes every octet of a message as it was stored, and answers whether there is such a message.
  ///
  /// @throws IOException if the store does not answer, or does not have what it took
  boolean writeRaw(UserId user, String mailbox, long uid, OutputStream to) throws IOException;

  /// What a list of messages shows.
  ///
  /// @param size octets of the message
  /// @param queueId empty for a message that somebody else stored
  /// @param header the fields of the message, in their order; none in a list of messages
  record Entry(
      long uid,
      Instant received,
      long size,
      String from,
      String subject,
      List<String> flags,
      String queueId,
      List<String> header) {
    public Entry {
      flags = List.copyOf(flags);
      header = List.copyOf(header);
    }
  }
}
