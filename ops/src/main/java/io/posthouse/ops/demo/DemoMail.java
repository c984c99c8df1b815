package io.posthouse.ops.demo;

import io.posthouse.message.QueueId;
import java.util.List;

/// One mail in the demo inbox.
///
/// @param id the queue id it got from the catch-all host, not the one it travelled under
/// @param size octets of the message; `raw` holds fewer where it was longer than a document may be
@SuppressWarnings("ArrayRecordComponent") // Never compared; a copy of each mail would help nobody.
record DemoMail(QueueId id, String from, List<String> to, long size, byte[] raw) {
  DemoMail {
    to = List.copyOf(to);
  }
}
