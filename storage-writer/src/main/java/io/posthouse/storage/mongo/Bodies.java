package io.posthouse.storage.mongo;

import java.io.IOException;
import java.io.OutputStream;
import org.bson.types.Binary;

/// Where the bodies lie that are not in a message's document.
interface Bodies {
  /// Writes the octets of one.
  ///
  /// @throws IOException if it is not there, or not all of it
  void write(Binary id, OutputStream to) throws IOException;
}
