package io.posthouse.embedded;

import io.posthouse.lifecycle.CannotStartException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.ByteArrayDataType;
import org.jspecify.annotations.Nullable;

/// The file behind [EmbeddedMongo]: sorted maps that change together. A commit sees a change whole
/// or not at all.
final class DocumentStore implements AutoCloseable {
  private static final int CACHE_MEGABYTES = 32;
  private static final int PAGE_BYTES = 16 * 1024;

  private final MVStore file;
  private final boolean fsync;
  private final GroupCommit commits = new GroupCommit(this::commit);

  /// Changes share it, so that they run side by side; a commit has it alone.
  private final ReentrantReadWriteLock changes = new ReentrantReadWriteLock();

  private final @Nullable Compaction compaction;

  private DocumentStore(MVStore file, boolean fsync, boolean compacted) {
    this.file = file;
    this.fsync = fsync;
    file.setVersionsToKeep(0);
    // Each commit is on disk before the next begins, so what it made obsolete may be overwritten by
    // the next.
    file.setRetentionTime(0);
    compaction = compacted ? Compaction.of(this) : null;
  }

  /// @param fsync whether a commit is on disk, and not only with the operating system
  static DocumentStore open(Path path, boolean fsync) {
    try {
      var file =
          new MVStore.Builder()
              .fileName(path.toString())
              .autoCommitDisabled()
              .autoCommitBufferSize(0)
              .cacheSize(CACHE_MEGABYTES)
              .pageSplitSize(PAGE_BYTES)
              .open();
      return new DocumentStore(file, fsync, true);
    } catch (MVStoreException e) {
      throw new CannotStartException(
          "MongoDB: cannot open " + path + " (" + e.getMessage() + ")", e);
    }
  }

  static DocumentStore inMemory() {
    return new DocumentStore(new MVStore.Builder().autoCommitDisabled().open(), false, false);
  }

  /// Returns, or throws, what the change does once all it changed is durable: whatever its caller
  /// then tells somebody else, also that a document was there already, outlives us.
  <T> T change(Supplier<T> change) {
    changes.readLock().lock();
    try {
      return change.get();
    } finally {
      changes.readLock().unlock();
      commits.await();
    }
  }

  /// Runs while nothing changes.
  void exclusively(Runnable action) {
    changes.writeLock().lock();
    try {
      action.run();
    } finally {
      changes.writeLock().unlock();
    }
  }

  MVMap<Key, byte[]> documents(String name) {
    return file.openMap(
        name,
        new MVMap.Builder<Key, byte[]>()
            .keyType(KeyType.INSTANCE)
            .valueType(ByteArrayDataType.INSTANCE));
  }

  MVMap<Key, Key> entries(String name) {
    return file.openMap(
        name, new MVMap.Builder<Key, Key>().keyType(KeyType.INSTANCE).valueType(KeyType.INSTANCE));
  }

  void remove(String name) {
    file.removeMap(name);
  }

  List<String> names() {
    return List.copyOf(file.getMapNames());
  }

  long bytes() {
    return file.getFileStore() == null ? 0 : file.getFileStore().size();
  }

  /// Rewrites what is still in use of chunks that are mostly waste, so that the file stays within a
  /// small multiple of its content.
  void compact(int fillRate, int bytes) {
    exclusively(() -> {
      if (!file.isClosed() && file.compact(fillRate, bytes)) sync();
    });
  }

  @Override
  public void close() {
    if (compaction != null) compaction.close();
    exclusively(file::close);
  }

  private void commit() {
    exclusively(file::commit);
    // A store that closed itself (disk full, say) says nothing on commit.
    if (file.isClosed()) throw new IllegalStateException("the store is closed");
    sync();
  }

  private void sync() {
    if (fsync) file.sync();
  }
}
