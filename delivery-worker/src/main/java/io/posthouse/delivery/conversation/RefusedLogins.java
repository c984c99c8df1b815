package io.posthouse.delivery.conversation;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.posthouse.delivery.routing.Login;
import io.posthouse.outcome.MxHost;
import java.time.Duration;
import java.util.Optional;

/// Logins that came to nothing lately. They are not tried again for a while: a queue full of mail
/// and a wrong password would otherwise lock us out.
final class RefusedLogins {
  private static final Duration LEFT_ALONE = Duration.ofMinutes(1);
  private static final int REMEMBERED = 10_000;

  private record Where(MxHost mx, Login login) {}

  private final Cache<Where, String> refused =
      Caffeine.newBuilder().maximumSize(REMEMBERED).expireAfterWrite(LEFT_ALONE).build();

  void note(MxHost mx, Login login, String why) {
    refused.put(new Where(mx, login), why);
  }

  /// Why it is left alone, if it is.
  Optional<String> why(MxHost mx, Login login) {
    return Optional.ofNullable(refused.getIfPresent(new Where(mx, login)));
  }
}
