package org.timeball.server.nts;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** A client of key establishment that does as it is told, right or wrong. */
final class KeyClient {
  private static final int PATIENCE_MILLIS = 10_000;

  private KeyClient() {}

  static SSLSocket connect(
      int port, X509Certificate authority, String protocol, String... applicationProtocols)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("ca", authority);
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setProtocols(new String[] {protocol});
    parameters.setApplicationProtocols(applicationProtocols);
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    return socket;
  }

  /** Sends a request and reads until the server closes; in hexadecimal. */
  static String exchange(SSLSocket socket, String request) throws IOException {
    socket.getOutputStream().write(HexFormat.of().parseHex(request));
    InputStream in = socket.getInputStream();
    return HexFormat.of().formatHex(in.readAllBytes());
  }
}
