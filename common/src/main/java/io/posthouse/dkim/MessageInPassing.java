package io.posthouse.dkim;

import io.posthouse.message.Digests;
import io.posthouse.message.Octets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A message while it passes, in whatever pieces: keeps the fields that may be signed and hashes
/// the body, so that it can be signed at its end without being held. For one thread.
public final class MessageInPassing {
  // More of them than any author writes; each is a name in the signature.
  private static final int MOST_FIELDS = 500;

  private static final int BUFFER = 16 * 1024;

  private final SigningRules rules;
  private final MessageDigest hash = Digests.sha256();
  private final CanonicalBody body;
  private final List<HeaderField> fields = new ArrayList<>();
  private final ByteArrayOutputStream field = new ByteArrayOutputStream();
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private int kept;
  private boolean inHeader = true;
  private boolean flawed;

  MessageInPassing(SigningRules rules) {
    this.rules = rules;
    this.body = new CanonicalBody(rules.body(), hash::update);
  }

  /// The next octets.
  public void take(byte[] array, int from, int to) {
    int at = from;
    while (inHeader && !flawed && at < to) {
      int end = at;
      while (end < to && array[end] != '\n') end++;
      boolean whole = end < to;
      int next = whole ? end + 1 : to;
      line.write(array, at, next - at);
      if (whole) lineEnded();
      at = next;
    }
    if (!flawed) body.take(array, at, to);
  }

  /// All that is left of it.
  public void takeAll(InputStream octets) throws IOException {
    var buffer = new byte[BUFFER];
    for (int read = octets.read(buffer); read >= 0; read = octets.read(buffer))
      take(buffer, 0, read);
  }

  /// Octets that are held of it.
  public int held() {
    return kept + field.size() + line.size();
  }

  /// What is to be signed, now that all has come; empty where the header is none that all hosts
  /// would read alike.
  Optional<Summary> end() {
    // A line that is not ended is a line: it gets its end on its way.
    if (inHeader && line.size() > 0) lineEnded();
    if (inHeader) fieldEnded();
    body.end();
    return flawed
        ? Optional.empty()
        : Optional.of(new Summary(List.copyOf(fields), Octets.of(hash.digest())));
  }

  /// The fields of header lines that are signed.
  static List<HeaderField> fields(Octets lines, SigningRules rules) {
    var passing = new MessageInPassing(rules);
    var array = lines.sharedArray();
    passing.take(array, 0, array.length);
    return passing.end().map(Summary::fields).orElse(List.of());
  }

  /// What a signature covers.
  record Summary(List<HeaderField> fields, Octets bodyHash) {}

  private void lineEnded() {
    var octets = line.toByteArray();
    line.reset();
    if (octets.length == 2 && octets[0] == '\r') {
      fieldEnded();
      inHeader = false;
      return;
    }
    boolean folded = HeaderField.isBlank(octets[0]);
    if (!folded) fieldEnded();
    flawed |= !isClean(octets) || (folded && field.size() == 0);
    field.writeBytes(octets);
  }

  /// Whether its only CR and LF are those at its end: about others hosts disagree.
  private static boolean isClean(byte[] line) {
    int end = line.length;
    if (end > 0 && line[end - 1] == '\n') {
      if (end < 2 || line[end - 2] != '\r') return false;
      end -= 2;
    }
    for (int i = 0; i < end; i++) if (line[i] == '\r') return false;
    return true;
  }

  private void fieldEnded() {
    if (field.size() == 0) return;
    var read = HeaderField.of(Octets.of(field.toByteArray()));
    flawed |= read.isEmpty();
    read.filter(found -> rules.fields().includes(found.name())).ifPresent(this::keep);
    field.reset();
  }

  private void keep(HeaderField found) {
    fields.add(found);
    kept += found.octets().length();
    flawed |= fields.size() > MOST_FIELDS;
  }
}
