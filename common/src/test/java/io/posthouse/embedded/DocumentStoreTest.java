package io.posthouse.embedded;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentStoreTest {
  private static final int DOCUMENTS = 20;
  private static final int BYTES = 10_000;

  @TempDir Path directory;

  @Test
  void a_file_in_which_everything_is_rewritten_all_the_time_stays_small() {
    var random = new Random(1);
    try (var store = DocumentStore.open(directory.resolve("file"), false)) {
      var documents = store.documents("documents");
      for (var turn = 0; turn < 3000; turn++) {
        var key = Key.of(turn % DOCUMENTS);
        store.change(() -> documents.put(key, bytes(random)));
        if (turn % 100 == 0) store.compact(70, 1024 * 1024);
      }
      var content = (long) DOCUMENTS * BYTES;
      assertTrue(store.bytes() < 20 * content, () -> store.bytes() + " bytes for " + content);
    }
  }

  @Test
  void what_was_changed_is_there_again_after_a_restart() {
    var value = bytes(new Random(2));
    try (var store = DocumentStore.open(directory.resolve("file"), true)) {
      store.change(() -> store.documents("documents").put(Key.of("one"), value));
    }
    try (var store = DocumentStore.open(directory.resolve("file"), true)) {
      assertArrayEquals(value, store.documents("documents").get(Key.of("one")));
    }
  }

  @Test
  void a_commit_waits_until_no_change_is_half_done() throws InterruptedException {
    try (var store = DocumentStore.open(directory.resolve("file"), false)) {
      var documents = store.documents("documents");
      var other = new Thread(() -> store.change(() -> documents.put(Key.of("other"), new byte[1])));
      var committedMeanwhile =
          store.change(() -> {
            documents.put(Key.of("first half"), new byte[1]);
            other.start();
            return isOver(other);
          });
      other.join();
      assertFalse(committedMeanwhile);
    }
  }

  @Test
  void a_change_in_a_closed_store_is_an_error() {
    var store = DocumentStore.open(directory.resolve("file"), true);
    store.close();
    assertThrows(
        RuntimeException.class,
        () -> store.change(() -> "nothing is written, yet nothing is promised"));
  }

  @Test
  void numbers_that_are_equal_are_found_by_each_other() {
    assertEquals(Key.of(1), Key.of(1L));
    assertEquals(Key.of(1), Key.of(1.0));
  }

  @Test
  void the_key_of_the_first_field_begins_the_key_of_both_and_of_nothing_else() {
    var both = Key.of("ab").plus(Key.of(7));
    assertTrue(both.startsWith(Key.of("ab")));
    assertFalse(both.startsWith(Key.of("a")));
  }

  /// Whether it came to its end; false when it waits for somebody.
  private static boolean isOver(Thread thread) {
    while (thread.getState() != Thread.State.WAITING && thread.isAlive()) Thread.onSpinWait();
    return !thread.isAlive();
  }

  private static byte[] bytes(Random random) {
    var bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return bytes;
  }
}
