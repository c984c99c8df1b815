package io.posthouse.message;

import io.posthouse.address.Domain;
import io.posthouse.address.MailAddress;
import io.posthouse.address.ReversePath;
import io.posthouse.directory.AddressId;
import io.posthouse.directory.UserId;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Any envelopes at all, the same ones for the same seed.
public final class RandomEnvelopes {
  private final SplittableRandom random;

  public RandomEnvelopes(long seed) {
    this.random = new SplittableRandom(seed);
  }

  public Envelope next() {
    var attempts = listOf(0, Envelope.LONGEST_HISTORY, this::attempt);
    return new Envelope(
        queueId(),
        coin() ? new ReversePath.Null() : new ReversePath.Sender(address()),
        maybe(this::destination),
        listOf(1, 5, this::recipient),
        new MailParameters(
            pick(MailParameters.Body.values()),
            coin(),
            maybe(() -> pick(MailParameters.Return.values())),
            maybe(this::word),
            coin()),
        client(),
        instant(),
        octets(200),
        content(),
        attempts,
        attempts.size() + random.nextInt(100),
        maybe(this::instant),
        coin() ? Orders.NONE : orders(),
        maybe(() -> SiteName.of(String.join(",", listOf(1, 60, this::word)))),
        maybe(this::instant));
  }

  private Orders orders() {
    return new Orders(
        random.nextLong(Long.MAX_VALUE),
        maybe(() -> new NextHop(domain(), 1 + random.nextInt(65_535))),
        maybe(() -> new Ending(word(), coin(), word(), word())),
        maybe(this::instant));
  }

  private Content content() {
    return switch (random.nextInt(3)) {
      case 0 -> new Content.Inline(octets(3000));
      case 1 ->
          new Content.Chunked(
              random.nextInt(100),
              listOf(1, 8, () -> random.nextLong(Long.MAX_VALUE)),
              random.nextLong(Long.MAX_VALUE));
      default ->
          new Content.InRecord(
              new RecordPosition(word(), random.nextInt(100), random.nextLong(Long.MAX_VALUE)),
              random.nextLong(Long.MAX_VALUE));
    };
  }

  private Recipient recipient() {
    Set<Recipient.Notify> notifyOn =
        IntStream.range(0, random.nextInt(3))
            .mapToObj(_ -> pick(Recipient.Notify.values()))
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Recipient.Notify.class)));
    return new Recipient(address(), destination(), notifyOn, maybe(this::word));
  }

  private Destination destination() {
    if (coin()) return new Destination.Remote(domain());
    var id = "%024x".formatted(random.nextLong(Long.MAX_VALUE));
    return coin()
        ? new Destination.Local(new UserId(id))
        : new Destination.Forwarded(new AddressId(id));
  }

  private MailAddress address() {
    return new MailAddress(coin() ? word() : word() + " \"\\@. ü" + word(), domain());
  }

  private Domain domain() {
    return new Domain(
        switch (random.nextInt(4)) {
          case 0 -> "bücher." + word();
          case 1 -> "[192.0.2." + random.nextInt(256) + "]";
          default -> word() + "." + word();
        });
  }

  private Client client() {
    return new Client(
        inetAddress(),
        random.nextInt(65536),
        word(),
        word(),
        word(),
        word(),
        maybe(this::word),
        new Passage(
            maybe(this::tls),
            maybe(this::word),
            maybe(this::endpoint),
            maybe(this::word),
            maybe(this::word)));
  }

  private TlsFacts tls() {
    return new TlsFacts(word(), coin() ? word() : "", maybe(this::word), maybe(this::word));
  }

  private Endpoint endpoint() {
    return new Endpoint(inetAddress(), random.nextInt(65536));
  }

  private InetAddress inetAddress() {
    var octets = new byte[coin() ? 4 : 16];
    random.nextBytes(octets);
    try {
      return InetAddress.getByAddress(octets);
    } catch (UnknownHostException neverForTheseLengths) {
      throw new IllegalStateException(neverForTheseLengths);
    }
  }

  private Attempt attempt() {
    return new Attempt(instant(), word(), coin() ? "" : word(), word() + " ü\n" + word());
  }

  private QueueId queueId() {
    return QueueId.of(random.nextLong(1L << 41), random.nextLong(1L << QueueId.TAIL_BITS));
  }

  private Instant instant() {
    return Instant.ofEpochMilli(1 + random.nextLong(1L << 42));
  }

  private Octets octets(int longest) {
    var octets = new byte[random.nextInt(longest)];
    random.nextBytes(octets);
    return Octets.of(octets);
  }

  private String word() {
    var letters = "abcdefghijklmnopqrstuvwxyz0123456789";
    return random
        .ints(1 + random.nextInt(12), 0, letters.length())
        .mapToObj(i -> letters.substring(i, i + 1))
        .collect(Collectors.joining());
  }

  private boolean coin() {
    return random.nextBoolean();
  }

  private <T> Optional<T> maybe(Supplier<T> value) {
    return coin() ? Optional.of(value.get()) : Optional.empty();
  }

  private <T> T pick(T[] values) {
    return values[random.nextInt(values.length)];
  }

  private <T> List<T> listOf(int least, int most, Supplier<T> element) {
    return IntStream.range(0, random.nextInt(least, most + 1))
        .mapToObj(_ -> element.get())
        .toList();
  }
}
