package io.posthouse.storage.mongo;

import io.posthouse.directory.UserId;
import io.posthouse.mongo.Mongo;
import io.posthouse.mongo.MongoDown;
import io.posthouse.storage.check.Mended;
import io.posthouse.storage.check.Mended.Result;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.function.Consumer;

/// Makes counts right again, beside writers that go on: nothing is set that anybody has changed
/// since it was looked at, and nothing that two looks do not agree about, because WildDuck deletes
/// a message and counts it a moment later.
public final class MongoRepairs {
  private static final int TRIES = 5;

  private final Mongo mongo;
  private final InstantSource clock;
  private final boolean isAsked;

  /// @param isAsked false to say only what would be done
  public MongoRepairs(Mongo mongo, InstantSource clock, boolean isAsked) {
    this.mongo = mongo;
    this.clock = clock;
    this.isAsked = isAsked;
  }

  /// The user's count of octets, if it is wrong.
  public void quota(UserId user, Consumer<Mended> mended) throws MongoDown {
    mongo.ask(db -> {
      var count = new QuotaCount(db, clock.instant());
      for (int i = 0; i < TRIES; i++) {
        var look = count.of(user);
        if (look.isEmpty() || look.get().used() == look.get().sum()) return true;
        var still = look.equals(count.of(user)) && !look.get().isChanging();
        var done = still && isAsked && count.mend(user, look.get());
        if (done || (still && !isAsked) || i == TRIES - 1)
          mended.accept(mended(look.get(), result(still, done)));
        if (done || (still && !isAsked)) return true;
      }
      return true;
    });
  }

  /// The counts of all attachments that are wrong and not changing.
  public void attachments(Consumer<Mended> mended) throws MongoDown {
    mongo.ask(db -> {
      var counts = new AttachmentCounts(db, clock.instant());
      var first = new HashSet<AttachmentCounts.Wrong>();
      counts.wrong(first::add);
      if (first.isEmpty()) return true;
      counts.wrong(file -> {
        if (first.contains(file))
          mended.accept(mended(file, result(true, isAsked && counts.mend(file))));
      });
      return true;
    });
  }

  private Result result(boolean still, boolean done) {
    if (done) return Result.DONE;
    return still && !isAsked ? Result.NOT_ASKED : Result.BUSY;
  }

  private static Mended mended(QuotaCount.Look look, Result result) {
    return new Mended(
        "storageUsed", String.valueOf(look.used()), String.valueOf(look.sum()), result);
  }

  private static Mended mended(AttachmentCounts.Wrong file, Result result) {
    return new Mended(
        "attachment " + file.hash(), file.stored().toString(), file.counted().toString(), result);
  }
}
