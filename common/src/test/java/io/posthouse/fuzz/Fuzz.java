package io.posthouse.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;

/// Makes inputs by changing known ones, and tries each on something. The build tries a thousand of
/// each kind, `-Dposthouse.fuzz=1000000` as many as one likes.
///
/// What fails is thrown with the seed of the one input and the input itself; that seed is all
/// [#again] needs.
///
/// @param seeds what is changed, one octet for each character
public record Fuzz(String name, List<String> seeds) {
  private static final int INPUTS_IN_A_BUILD = 1000;
  private static final int SHOWN = 2000;

  public Fuzz {
    seeds = List.copyOf(seeds);
  }

  /// Tries inputs until one fails.
  ///
  /// @param trial gets an input and, for choices of its own, what it was made with
  public void run(BiConsumer<byte[], SplittableRandom> trial) {
    var inputs = Integer.getInteger("posthouse.fuzz", INPUTS_IN_A_BUILD);
    var first = System.nanoTime();
    for (var seed = first; seed < first + inputs; seed++) again(seed, trial);
    System.out.printf("fuzz %s: %d inputs%n", name, inputs);
  }

  /// Tries the one input of `seed`.
  public void again(long seed, BiConsumer<byte[], SplittableRandom> trial) {
    var random = new SplittableRandom(seed);
    var input = new Mutation(random, seeds).input();
    try {
      trial.accept(input, random);
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError(
          "fuzz %s, seed %d: %s%n%s".formatted(name, seed, e, shown(input)), e);
    }
  }

  private static String shown(byte[] input) {
    var text = new String(input, ISO_8859_1);
    return text.substring(0, Math.min(SHOWN, text.length()))
        .replace("\\", "\\\\")
        .replace("\r", "\\r")
        .replace("\n", "\\n\n")
        .replace("\0", "\\0");
  }
}
