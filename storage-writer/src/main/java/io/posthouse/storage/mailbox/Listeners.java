package io.posthouse.storage.mailbox;

import io.posthouse.directory.UserId;
import java.util.Collection;

/// Those who want to know at once that there is new mail: sessions that wait for it, and whoever
/// remembers how much there is. A convenience: who hears of nothing sees it when he looks.
@FunctionalInterface
public interface Listeners {
  /// Nobody listens.
  Listeners NONE = _ -> {};

  /// Told when messages are durable and can be seen, and perhaps again. Returns at once, and
  /// reports to nobody that it could not do its work.
  void arrived(Collection<Arrival> arrivals);

  /// There is new mail in a folder.
  ///
  /// @param folder its id, in hexadecimal
  record Arrival(UserId user, String folder) {}
}
