package io.posthouse.storage.crypt;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.regex.Pattern;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.api.OpenPGPCertificate;
import org.bouncycastle.openpgp.api.OpenPGPKeyReader;
import org.bouncycastle.openpgp.api.bc.BcOpenPGPImplementation;

/// The keys of a user that encrypt: neither expired nor revoked, bound to their certificate by a
/// signature that holds, and flagged for encryption (RFC 9580 §5.2.3.29).
final class OpenPgpKeys {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN (PGP [A-Z ]+)-----.*?-----END \\1-----", Pattern.DOTALL);

  private OpenPgpKeys() {}

  /// @throws UnusableKeys if there is none
  static List<PGPPublicKey> usable(String armoured, Instant now) throws UnusableKeys {
    var certificates = certificates(armoured);
    var keys =
        certificates.stream()
            .flatMap(c -> c.getEncryptionKeys(Date.from(now)).stream())
            .map(component -> component.getPGPPublicKey())
            .toList();
    if (keys.isEmpty())
      throw new UnusableKeys(
          "OpenPGP: none of "
              + certificates.size()
              + " keys encrypts (expired, revoked, too weak, or not for encryption)");
    return keys;
  }

  private static List<OpenPGPCertificate> certificates(String armoured) throws UnusableKeys {
    var reader = new OpenPGPKeyReader(new BcOpenPGPImplementation());
    var certificates = new ArrayList<OpenPGPCertificate>();
    try {
      for (var block : BLOCK.matcher(armoured).results().toList())
        certificates.addAll(reader.parseCertificates(block.group()));
    } catch (IOException | RuntimeException unreadable) {
      // What people paste makes the parser fail in ways of its own.
      throw new UnusableKeys("OpenPGP: not a public key: " + unreadable.getMessage());
    }
    if (certificates.isEmpty()) throw new UnusableKeys("OpenPGP: there is no public key");
    return certificates;
  }
}
