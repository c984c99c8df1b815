package io.posthouse.edge.sasl;

import io.posthouse.directory.ScramKeys;
import io.posthouse.message.Octets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/// The example of RFC 7677 §3: user `user`, password `pencil`.
public final class ScramExample {
  public static final String CLIENT_FIRST = "n,,n=user,r=rOprNGfwEbeRWgbNEkqO";
  public static final String SERVER_NONCE = "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
  public static final String SERVER_FIRST =
      "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096";
  public static final String CLIENT_FINAL =
      "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
          + "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=";
  public static final String SERVER_FINAL = "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=";
  public static final ScramKeys KEYS = keys("pencil", "W22ZaJ0SNY7soEsUEjb6gQ==", 4096);

  private ScramExample() {}

  /// What a server keeps of a password.
  static ScramKeys keys(String password, String salt, int rounds) {
    try {
      var octets = Base64.getDecoder().decode(salt);
      var spec = new PBEKeySpec(password.toCharArray(), octets, rounds, 256);
      var salted = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec);
      return ScramKeys.of(Octets.of(salted.getEncoded()), Octets.of(octets), rounds);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
