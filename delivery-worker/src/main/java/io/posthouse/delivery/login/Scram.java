package io.posthouse.delivery.login;

import io.posthouse.delivery.routing.Login;
import io.posthouse.directory.ScramKeys;
import io.posthouse.message.Octets;
import io.posthouse.smtp.SaslMechanism;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;

/// SCRAM-SHA-256 without channel binding (RFC 5802, RFC 7677): the password is never said, and the
/// host proves that it knows it, too.
final class Scram implements Mechanism {
  private static final String GS2_HEADER = "n,,";

  /// RFC 7677 §4 asks for 4096 at least, and a host could keep us busy with too many.
  private static final int FEWEST_ROUNDS = 4096;

  private static final int MOST_ROUNDS = 1_000_000;
  private static final int KEY_BITS = 256;
  private static final Pattern SERVER_FIRST =
      Pattern.compile("r=([!-+\\--~]+),s=([A-Za-z0-9+/=]+),i=([1-9]\\d{0,6})(?:,.*)?");
  private static final Pattern SERVER_FINAL = Pattern.compile("v=([A-Za-z0-9+/=]+)(?:,.*)?");

  private final Login login;
  private final String nonce;
  private @Nullable Octets expected;
  private boolean satisfied;

  Scram(Login login, String nonce) {
    this.login = login;
    this.nonce = nonce;
  }

  @Override
  public SaslMechanism name() {
    return SaslMechanism.SCRAM_SHA_256;
  }

  @Override
  public Optional<Octets> first() {
    return Optional.of(Octets.utf8(GS2_HEADER + firstBare()));
  }

  @Override
  public Octets answer(Octets challenge) throws Distrust {
    // Some hosts ask for the first message instead of taking it with AUTH.
    if (challenge.length() == 0 && expected == null) return Octets.utf8(GS2_HEADER + firstBare());
    var text = new String(challenge.toArray(), StandardCharsets.UTF_8);
    if (expected == null) return prove(text);
    check(text, expected);
    satisfied = true;
    return Octets.EMPTY;
  }

  @Override
  public boolean isSatisfied() {
    return satisfied;
  }

  private Octets prove(String serverFirst) throws Distrust {
    var asked = SERVER_FIRST.matcher(serverFirst);
    if (!asked.matches()
        || !asked.group(1).startsWith(nonce)
        || asked.group(1).length() == nonce.length())
      throw new Distrust("does not answer our SCRAM message");
    var rounds = Integer.parseInt(asked.group(3));
    if (rounds < FEWEST_ROUNDS || rounds > MOST_ROUNDS)
      throw new Distrust("asks for " + rounds + " rounds of SCRAM");
    var salt = decode(asked.group(2));
    var salted = salted(salt, rounds);
    var keys = ScramKeys.of(salted, salt, rounds);
    var withoutProof = "c=" + base64(Octets.utf8(GS2_HEADER)) + ",r=" + asked.group(1);
    var all = Octets.utf8(firstBare() + "," + serverFirst + "," + withoutProof);
    expected = ScramKeys.hmac(keys.serverKey(), all);
    var clientKey = ScramKeys.hmac(salted, Octets.utf8("Client Key"));
    var proof = xor(clientKey, ScramKeys.hmac(keys.storedKey(), all));
    return Octets.utf8(withoutProof + ",p=" + base64(proof));
  }

  private static void check(String serverFinal, Octets expected) throws Distrust {
    var said = SERVER_FINAL.matcher(serverFinal);
    if (!said.matches()
        || !MessageDigest.isEqual(decode(said.group(1)).toArray(), expected.toArray()))
      throw new Distrust("does not know our password");
  }

  private String firstBare() {
    var user = login.user().replace("=", "=3D").replace(",", "=2C");
    return "n=" + user + ",r=" + nonce;
  }

  private Octets salted(Octets salt, int rounds) {
    var password = Normalizer.normalize(login.password().text(), Normalizer.Form.NFKC);
    try {
      var spec = new PBEKeySpec(password.toCharArray(), salt.toArray(), rounds, KEY_BITS);
      var factory = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256");
      return Octets.of(factory.generateSecret(spec).getEncoded());
    } catch (GeneralSecurityException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  private static Octets xor(Octets one, Octets other) {
    var result = one.toArray();
    var mask = other.toArray();
    for (int i = 0; i < result.length; i++) result[i] ^= mask[i];
    return Octets.of(result);
  }

  private static Octets decode(String base64) throws Distrust {
    try {
      return Octets.of(Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException noBase64) {
      throw new Distrust("says what is no base64");
    }
  }

  private static String base64(Octets octets) {
    return Base64.getEncoder().encodeToString(octets.toArray());
  }
}
