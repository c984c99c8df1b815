package io.posthouse.storage.mongo;

/// What storing a batch does, in its order. A crash before, between or after any of them is made
/// good when the batch comes again.
enum Step {
  STORE_BODIES,
  COUNT_QUOTA,
  NUMBER,
  THREAD,
  INSERT,
  REMEMBER,
  JOURNAL,
  TELL,
  FINISH
}
