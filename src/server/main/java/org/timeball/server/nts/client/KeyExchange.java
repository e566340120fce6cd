package org.timeball.server.nts.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.timeball.core.nts.AeadAlgorithm;
import org.timeball.core.nts.KeyGrant;
import org.timeball.core.nts.NtsKeys;
import org.timeball.core.nts.RoughTime;
import org.timeball.core.nts.ke.ExporterContext;
import org.timeball.core.nts.ke.KeClient;
import org.timeball.core.nts.ke.KeMessage;
import org.timeball.core.nts.ke.KeResult;

/** One exchange with a key server, from its name to keys and cookies (RFC 8915, section 4). */
public final class KeyExchange {
  private static final String TLS = "TLSv1.3";
  private static final String APPLICATION_PROTOCOL = "ntske/1";

  /** From the connection to its end: by satellite an honest server needs three seconds. */
  private static final long DEADLINE_NANOS = 10_000_000_000L;

  /** Addresses of one name that are tried. */
  private static final int MOST_ADDRESSES = 3;

  private final KeyServer server;
  private final RoughTime present;
  private final LongSupplier rawNanos;
  private final Consumer<Step> steps;

  /**
   * Does nothing yet.
   *
   * @param present what is known of it, to check the certificate by
   * @param rawNanos for deadlines
   * @param steps is told of each step that succeeded
   */
  public KeyExchange(
      KeyServer server, RoughTime present, LongSupplier rawNanos, Consumer<Step> steps) {
    this.server = server;
    this.present = present;
    this.rawNanos = rawNanos;
    this.steps = steps;
  }

  /** Fetches keys; may take some ten seconds for each address of the server. */
  public KeyGrant fetch() throws KeyExchangeFailure {
    Authorities authorities = Authorities.of(server.authorities());
    List<InetAddress> addresses = addresses();
    steps.accept(
        new Step(
            "address",
            addresses.stream().map(InetAddress::getHostAddress).collect(Collectors.joining(", "))));
    KeyExchangeFailure last = null;
    for (InetAddress address : addresses) {
      try (DeadlineSocket socket =
          new DeadlineSocket(rawNanos, rawNanos.getAsLong() + DEADLINE_NANOS)) {
        socket.connect(new InetSocketAddress(address, server.port()), socket.remainingMillis());
        socket.setTcpNoDelay(true);
        steps.accept(
            new Step("connection", address.getHostAddress() + " TCP port " + server.port()));
        return talk(socket, address, authorities);
      } catch (ConnectException e) {
        last = unreachable(address, "connection refused, so nothing listens there", e);
      } catch (SocketTimeoutException e) {
        last = unreachable(address, "no answer in time; a firewall may be in between", e);
      } catch (IOException e) {
        last = unreachable(address, e.getMessage(), e);
      }
    }
    throw last;
  }

  private KeyExchangeFailure unreachable(InetAddress address, String why, IOException cause) {
    return new KeyExchangeFailure(
        "%s TCP port %d: %s".formatted(address.getHostAddress(), server.port(), why), cause);
  }

  private List<InetAddress> addresses() throws KeyExchangeFailure {
    try {
      return Arrays.stream(InetAddress.getAllByName(server.address().orElse(server.host())))
          .limit(MOST_ADDRESSES)
          .toList();
    } catch (UnknownHostException e) {
      throw new KeyExchangeFailure(
          "the name '%s' cannot be looked up; check it, and that this machine has a name service"
              .formatted(server.host()),
          e);
    }
  }

  private KeyGrant talk(DeadlineSocket socket, InetAddress address, Authorities authorities)
      throws IOException, KeyExchangeFailure {
    CertificateCheck check = new CertificateCheck(server.host(), authorities, present);
    try (SSLSocket tls = secure(socket, check)) {
      shakeHands(tls, check);
      describe(tls.getSession(), check);
      if (!APPLICATION_PROTOCOL.equals(tls.getApplicationProtocol())) {
        throw new KeyExchangeFailure(
            "the server does not speak NTS key establishment (ALPN ntske/1) on this port");
      }
      steps.accept(new Step("ALPN", APPLICATION_PROTOCOL));
      tls.getOutputStream().write(KeClient.request());
      steps.accept(
          new Step(
              "request",
              "NTPv4 with "
                  + KeClient.OFFERED.stream()
                      .map(AeadAlgorithm::toString)
                      .collect(Collectors.joining(" or "))));
      return switch (KeClient.judge(read(tls.getInputStream()))) {
        case KeResult.Refused(String why) -> throw new KeyExchangeFailure(why);
        case KeResult.Granted granted -> grant(granted, tls.getSession(), address, check);
      };
    } catch (SSLException e) {
      throw new KeyExchangeFailure("the TLS connection failed: " + e.getMessage(), e);
    }
  }

  private SSLSocket secure(DeadlineSocket socket, CertificateCheck check) throws IOException {
    try {
      SSLContext context = SSLContext.getInstance(TLS);
      context.init(null, new TrustManager[] {check}, null);
      SSLSocket tls =
          (SSLSocket)
              context.getSocketFactory().createSocket(socket, server.host(), server.port(), true);
      SSLParameters parameters = tls.getSSLParameters();
      parameters.setProtocols(new String[] {TLS});
      parameters.setApplicationProtocols(new String[] {APPLICATION_PROTOCOL});
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      tls.setSSLParameters(parameters);
      return tls;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has TLS 1.3", e);
    }
  }

  private static void shakeHands(SSLSocket tls, CertificateCheck check)
      throws IOException, KeyExchangeFailure {
    try {
      tls.startHandshake();
    } catch (SSLException e) {
      if (check.failure().isPresent()) {
        throw new KeyExchangeFailure(check.failure().get(), e);
      }
      throw new KeyExchangeFailure(
          "the TLS handshake failed (%s); the server must speak TLS 1.3 and NTS key establishment"
              .formatted(e.getMessage()),
          e);
    }
  }

  private void describe(SSLSession session, CertificateCheck check) {
    steps.accept(
        new Step(
            "TLS",
            session.getProtocol().replace("TLSv", "TLS ") + ", " + session.getCipherSuite()));
    X509Certificate own = check.shown().getFirst();
    steps.accept(
        new Step(
            "certificate",
            "for %s; subject '%s', issued by '%s'"
                .formatted(
                    CertificateCheck.names(own),
                    own.getSubjectX500Principal().getName(),
                    own.getIssuerX500Principal().getName())));
    steps.accept(new Step("validity", check.period().orElseThrow() + "; now: " + present.ground()));
  }

  private static byte[] read(InputStream in) throws IOException, KeyExchangeFailure {
    ByteBuffer received = ByteBuffer.allocate(KeMessage.MOST_OCTETS);
    while (true) {
      int length = KeMessage.lengthOf(received.duplicate().flip());
      if (length != KeMessage.INCOMPLETE) {
        return Arrays.copyOf(received.array(), length);
      }
      if (!received.hasRemaining()) {
        throw new KeyExchangeFailure("the server's answer is longer than any can be");
      }
      int count = in.read(received.array(), received.position(), received.remaining());
      if (count < 0) {
        throw new KeyExchangeFailure("the server ended the connection before its answer was whole");
      }
      received.position(received.position() + count);
    }
  }

  private KeyGrant grant(
      KeResult.Granted granted, SSLSession session, InetAddress address, CertificateCheck check)
      throws SSLException {
    AeadAlgorithm algorithm = granted.algorithm();
    ExtendedSSLSession exporter = (ExtendedSSLSession) session;
    KeyGrant grant =
        new KeyGrant(
            new NtsKeys(
                algorithm,
                exporter.exportKeyingMaterialData(
                    ExporterContext.LABEL,
                    ExporterContext.clientToServer(algorithm),
                    algorithm.keyOctets()),
                exporter.exportKeyingMaterialData(
                    ExporterContext.LABEL,
                    ExporterContext.serverToClient(algorithm),
                    algorithm.keyOctets())),
            granted.cookies(),
            // The address that gave the keys, and not its name: others of the name have other keys
            // (RFC 8915, section 4.1.7).
            granted.ntpServer().orElse(address.getHostAddress()),
            granted.ntpPort().orElse(server.ntpPort()),
            check.period().orElseThrow());
    steps.accept(
        new Step(
            "answer",
            "NTPv4 with %s; %d cookies of %d octets; time %s %s port %d%s"
                .formatted(
                    algorithm,
                    grant.cookies().size(),
                    grant.cookies().getFirst().length,
                    granted.ntpServer().isPresent() ? "is asked of another server," : "from",
                    grant.host(),
                    grant.port(),
                    granted.ntpPort().isPresent() ? " (as the server says)" : "")));
    return grant;
  }
}
