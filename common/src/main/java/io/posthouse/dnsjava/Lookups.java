package io.posthouse.dnsjava;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.posthouse.address.Domain;
import io.posthouse.dns.Answer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.TextParseException;

/// Asks a resolver, follows aliases to their end, and keeps what was said for as long as it holds.
/// Those who ask the same at the same time share the answer: the first thousand messages for a
/// domain make one question.
final class Lookups {
  private static final int MOST_KEPT = 100_000;
  private static final Duration LONGEST_KEPT = Duration.ofHours(1);
  private static final Duration LONGEST_ABSENT = Duration.ofMinutes(5);

  /// Questions for one answer: of a resolver one is enough, of other servers one for each zone.
  private static final int MOST_STEPS = 8;

  private final Resolver resolver;
  private final boolean believesAd;
  private final Duration patience;
  private final Cache<Question, Kept> kept =
      Caffeine.newBuilder()
          .maximumSize(MOST_KEPT)
          .expireAfter(Expiry.<Question, Kept>creating((_, answer) -> answer.lifetime()))
          .build();
  private final ConcurrentMap<Question, CompletableFuture<Kept>> underWay =
      new ConcurrentHashMap<>();

  /// @param believesAd whether the AD bit of an answer counts
  /// @param patience for one answer, however many questions it takes
  Lookups(Resolver resolver, boolean believesAd, Duration patience) {
    this.resolver = resolver;
    this.believesAd = believesAd;
    this.patience = patience;
  }

  private record Kept(Answer<Record> answer, Duration lifetime) {}

  Answer<Record> ask(String name, int type) {
    try {
      return ask(new Question(Name.fromString(name, Name.root), type));
    } catch (TextParseException notForTheDns) {
      return new Answer.NoSuchName<>();
    }
  }

  private Answer<Record> ask(Question question) {
    var known = kept.getIfPresent(question);
    if (known != null) return known.answer();
    var mine = new CompletableFuture<Kept>();
    var others = underWay.putIfAbsent(question, mine);
    return (others == null ? askForAll(question, mine) : others.join()).answer();
  }

  private Kept askForAll(Question question, CompletableFuture<Kept> waiting) {
    try {
      var answer = follow(question);
      if (answer.lifetime().isPositive()) kept.put(question, answer);
      waiting.complete(answer);
      return answer;
    } finally {
      underWay.remove(question);
      // Only a bug of ours left nothing to share.
      waiting.completeExceptionally(new IllegalStateException(question + ": asking failed"));
    }
  }

  private Kept follow(Question question) {
    var end = System.nanoTime() + patience.toNanos();
    var step = question;
    var authentic = believesAd;
    var lifetime = LONGEST_KEPT.toSeconds();
    for (int steps = 0; steps < MOST_STEPS; steps++) {
      switch (send(step, end - System.nanoTime())) {
        case Said.Records found -> {
          return found(question, found, authentic, lifetime);
        }
        case Said.Nothing nothing -> {
          return nothing(nothing, lifetime);
        }
        case Said.Alias alias -> {
          step = step.about(alias.target());
          authentic &= alias.authentic();
          lifetime = Math.min(lifetime, alias.lifetime());
        }
        case Said.Failure(var why) -> {
          return new Kept(new Answer.Unanswered<>(question + ": " + why), Duration.ZERO);
        }
      }
    }
    return new Kept(new Answer.Unanswered<>(question + ": too many aliases"), Duration.ZERO);
  }

  private static Kept found(
      Question question, Said.Records found, boolean authentic, long lifetime) {
    var owner = found.records().getFirst().getName();
    var canonical =
        owner.equals(question.name()) ? Optional.<Domain>empty() : Domain.parse(owner.toString());
    return new Kept(
        new Answer.Found<>(found.records(), authentic && found.authentic(), canonical),
        Duration.ofSeconds(Math.min(lifetime, found.lifetime())));
  }

  private static Kept nothing(Said.Nothing nothing, long lifetime) {
    var holds = Math.min(Math.min(lifetime, nothing.lifetime()), LONGEST_ABSENT.toSeconds());
    return new Kept(
        nothing.nameExists() ? new Answer.NoData<>() : new Answer.NoSuchName<>(),
        Duration.ofSeconds(holds));
  }

  private Said send(Question question, long nanosLeft) {
    try {
      var message =
          resolver
              .sendAsync(question.message(), ForkJoinPool.commonPool())
              .toCompletableFuture()
              .orTimeout(nanosLeft, TimeUnit.NANOSECONDS)
              .join();
      return Said.in(message, question);
    } catch (CompletionException e) {
      return failure(e.getCause());
    }
  }

  private Said failure(@Nullable Throwable cause) {
    return new Said.Failure(
        cause instanceof TimeoutException
            ? "no answer in " + patience.toMillis() + " ms"
            : String.valueOf(cause));
  }
}
