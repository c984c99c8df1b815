package io.posthouse.kafka;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.TreeSet;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/// A note as the metadata of a commit: `1:` and, compressed, how many offsets from the watermark on
/// are open, then how many are settled, and so on in turn.
final class CommitNoteCodec {
  /// Kafka's default for `offset.metadata.max.bytes`; a longer commit is refused whole.
  static final int LONGEST = 4096;

  private static final String VERSION = "1:";
  // No honest note is longer: a run takes two octets or more and LONGEST characters hold 3,072
  // compressed.
  private static final int LONGEST_INFLATED = 1 << 20;

  private CommitNoteCodec() {}

  static String encode(CommitNote note) {
    var runs = runs(note);
    if (runs.isEmpty()) return "";
    var whole = text(runs, runs.size());
    return whole.length() <= LONGEST ? whole : longestThatFits(runs);
  }

  static CommitNote decode(long watermark, String metadata) {
    if (!metadata.startsWith(VERSION)) return CommitNote.at(watermark);
    try {
      return note(watermark, inflate(metadata.substring(VERSION.length())));
    } catch (IllegalArgumentException | ArithmeticException | DataFormatException notOurs) {
      return CommitNote.at(watermark);
    }
  }

  /// So many open, then so many settled.
  private record Run(long open, long settled) {}

  private static List<Run> runs(CommitNote note) {
    var runs = new ArrayList<Run>();
    var start = note.watermark();
    var next = start;
    for (long offset : note.open()) {
      if (offset > next) {
        runs.add(new Run(next - start, offset - next));
        start = offset;
      }
      next = offset + 1;
    }
    // What is open at the very end needs no mention: it is like what lies beyond.
    if (next < note.end() && next > start) runs.add(new Run(next - start, note.end() - next));
    return runs;
  }

  private static String longestThatFits(List<Run> runs) {
    int fits = 0;
    int tooMany = runs.size();
    while (fits + 1 < tooMany) {
      int middle = (fits + tooMany) >>> 1;
      if (text(runs, middle).length() <= LONGEST) fits = middle;
      else tooMany = middle;
    }
    return text(runs, fits);
  }

  private static String text(List<Run> runs, int howMany) {
    var octets = new ByteArrayOutputStream();
    for (var run : runs.subList(0, howMany)) {
      varint(octets, run.open());
      varint(octets, run.settled());
    }
    return VERSION + Base64.getUrlEncoder().withoutPadding().encodeToString(deflate(octets));
  }

  private static void varint(ByteArrayOutputStream out, long value) {
    for (; value > 0x7f; value >>>= 7) out.write((int) ((value & 0x7f) | 0x80));
    out.write((int) value);
  }

  private static byte[] deflate(ByteArrayOutputStream octets) {
    var out = new ByteArrayOutputStream();
    try (var deflater = new Deflater(Deflater.BEST_COMPRESSION, true)) {
      deflater.setInput(octets.toByteArray());
      deflater.finish();
      var buffer = new byte[4096];
      while (!deflater.finished()) out.write(buffer, 0, deflater.deflate(buffer));
    }
    return out.toByteArray();
  }

  private static byte[] inflate(String text) throws DataFormatException {
    var out = new ByteArrayOutputStream();
    try (var inflater = new Inflater(true)) {
      inflater.setInput(Base64.getUrlDecoder().decode(text.getBytes(StandardCharsets.US_ASCII)));
      var buffer = new byte[4096];
      while (!inflater.finished() && out.size() < LONGEST_INFLATED) {
        int n = inflater.inflate(buffer);
        if (n == 0 && inflater.needsInput()) throw new DataFormatException("it ends too early");
        out.write(buffer, 0, n);
      }
    }
    return out.toByteArray();
  }

  private static CommitNote note(long watermark, byte[] octets) {
    var numbers = new Varints(octets);
    var open = new TreeSet<Long>();
    var at = watermark;
    while (numbers.hasNext()) {
      for (long left = numbers.next(); left > 0; left--) {
        open.add(at++);
        if (open.size() > LONGEST_INFLATED) throw new IllegalArgumentException("too many open");
      }
      at = Math.addExact(at, numbers.next());
    }
    return new CommitNote(watermark, at, open);
  }

  private static final class Varints {
    private final byte[] octets;
    private int at;

    Varints(byte[] octets) {
      this.octets = octets;
    }

    boolean hasNext() {
      return at < octets.length;
    }

    long next() {
      long value = 0;
      for (int shift = 0; hasNext() && shift < 63; shift += 7) {
        int octet = octets[at++];
        value |= (long) (octet & 0x7f) << shift;
        if (octet >= 0) return value;
      }
      throw new IllegalArgumentException("a number does not end");
    }
  }
}
