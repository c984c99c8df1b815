package io.posthouse.ops.mailbox;

import io.posthouse.directory.UserId;
import io.posthouse.storage.export.Exported;
import io.posthouse.storage.export.MailExport;
import io.posthouse.storage.mailbox.MailboxReader;
import io.posthouse.storage.mailbox.MailboxReader.Entry;
import io.posthouse.storage.mailbox.StoreUnavailable;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/// Takes the messages of a folder from the store to an export, a few at a time.
final class ExportRun {
  private static final int PAGE = 500;
  private static final String RETURN_PATH = "return-path:";

  private final MailboxReader from;
  private final MailExport to;
  private final Consumer<String> say;
  private long written;
  private long damaged;

  ExportRun(MailboxReader from, MailExport to, Consumer<String> say) {
    this.from = from;
    this.to = to;
    this.say = say;
  }

  long written() {
    return written;
  }

  /// Messages that could not be had as they were stored, and are not in the export.
  long damaged() {
    return damaged;
  }

  void all(UserId user, String folder) throws IOException {
    long last = 0;
    for (var page = from.page(user, folder, last, PAGE);
        !page.isEmpty();
        page = from.page(user, folder, last, PAGE)) {
      for (var mail : page) one(user, folder, mail);
      last = page.getLast().uid();
      say.accept(written + " messages written");
    }
  }

  private void one(UserId user, String folder, Entry listed) throws IOException {
    // Removed since it was listed: so it is no longer there to be exported.
    var mail = from.show(user, folder, listed.uid());
    if (mail.isEmpty()) return;
    try {
      to.add(exported(mail.get()), out -> from.writeRaw(user, folder, listed.uid(), out));
      written++;
    } catch (StoreUnavailable later) {
      throw later;
    } catch (IOException failed) {
      damaged++;
      say.accept("uid " + listed.uid() + ": " + failed.getMessage());
    }
  }

  private static Exported exported(Entry mail) {
    return new Exported(mail.uid(), sender(mail.header()), mail.received(), mail.flags());
  }

  private static String sender(List<String> header) {
    return header.stream()
        .filter(field -> field.toLowerCase(Locale.ROOT).startsWith(RETURN_PATH))
        .map(field -> field.substring(RETURN_PATH.length()).replaceAll("[<>\\s]", ""))
        .findFirst()
        .orElse("");
  }
}
