package io.posthouse.delivery.sts;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.TrustAnchor;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/// Sockets that believe in certain authorities only.
public final class Trust {
  private Trust() {}

  public static SSLSocketFactory in(Collection<TrustAnchor> authorities) {
    try {
      var store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (var anchor : authorities)
        store.setCertificateEntry("authority-" + store.size(), anchor.getTrustedCert());
      var managers = TrustManagerFactory.getInstance("PKIX");
      managers.init(store);
      var context = SSLContext.getInstance("TLS");
      context.init(null, managers.getTrustManagers(), null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("authorities: " + e.getMessage(), e);
    }
  }
}
