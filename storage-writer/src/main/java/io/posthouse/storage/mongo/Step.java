package io.posthouse.storage.mongo;

/// What storing a batch does, in its order. A crash before, between or after any of them is made
/// good when the batch comes again.
enum Step {
  ENCRYPT,
  COUNT_QUOTA,
  STORE_BODIES,
  NUMBER,
  THREAD,
  INSERT,
  REMEMBER,
  JOURNAL,
  TELL,
  FINISH
}
