package io.posthouse.storage.rules;

import io.posthouse.message.Octets;
import java.util.Locale;

/// Whether a message was found to be spam, who found it, and by what.
public record Classification(boolean spam, Source source, String info) {
  /// What decided it.
  public enum Source {
    DOMAINACCESS,
    FILTER,
    SPAMLEVEL
  }

  /// Header lines that say so to whoever reads the message.
  Octets lines() {
    return Octets.utf8(
        "WD-Mail-Classification: %s\r\nWD-Mail-Classification-Source: %s\r\nWD-Mail-Classification-Info: %s\r\n"
            .formatted(spam ? "spam" : "ham", source.name().toLowerCase(Locale.ROOT), info));
  }
}
