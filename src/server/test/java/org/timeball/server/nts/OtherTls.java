package org.timeball.server.nts;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Vector;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ProtocolName;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.ServerName;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsClientProtocol;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsFatalAlertReceived;
import org.bouncycastle.tls.TlsNoCloseNotifyException;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.timeball.core.nts.AeadAlgorithm;
import org.timeball.core.nts.ke.ExporterContext;

/**
 * A client of key establishment on Bouncy Castle's TLS, which shares no line with the server's, and
 * tells what the one of the JDK hides: alerts, a missing farewell, whether a certificate was asked
 * for.
 */
final class OtherTls implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 20_000;

  private final Socket socket;
  private final Client client;
  private final TlsClientProtocol protocol;
  private boolean ended;

  /** What the client says in its hello. */
  record Hello(ProtocolVersion version, List<String> protocols, Optional<String> serverName) {
    static final Hello USUAL =
        new Hello(ProtocolVersion.TLSv13, List.of("ntske/1"), Optional.empty());

    Hello offering(String... names) {
      return new Hello(version, List.of(names), serverName);
    }

    Hello of(ProtocolVersion other) {
      return new Hello(other, protocols, serverName);
    }

    Hello to(String name) {
      return new Hello(version, protocols, Optional.of(name));
    }
  }

  OtherTls(int port, Hello hello) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    client = new Client(hello);
    protocol = new TlsClientProtocol(socket.getInputStream(), new Output());
  }

  /** Shakes hands; empty if that succeeds, otherwise the alert that the server ended it with. */
  OptionalInt refusal() throws IOException {
    try {
      protocol.connect(client);
      return OptionalInt.empty();
    } catch (TlsFatalAlertReceived e) {
      return OptionalInt.of(e.getAlertDescription());
    }
  }

  void send(byte[] octets) throws IOException {
    protocol.getOutputStream().write(octets);
  }

  void send(String hex) throws IOException {
    send(HexFormat.of().parseHex(hex));
  }

  /** The end of what this side sends, by TCP alone. */
  void endOutput() throws IOException {
    ended = true;
    socket.shutdownOutput();
  }

  /** Swallows the farewell that this library would send after the end. */
  private final class Output extends OutputStream {
    @Override
    public void write(int octet) throws IOException {
      write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int at, int length) throws IOException {
      if (!ended) {
        socket.getOutputStream().write(octets, at, length);
      }
    }
  }

  /**
   * All that the server sends until it says farewell, in hexadecimal.
   *
   * @throws TlsNoCloseNotifyException if it ends without
   */
  String answer() throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    InputStream in = protocol.getInputStream();
    in.transferTo(answer);
    return HexFormat.of().formatHex(answer.toByteArray());
  }

  /** Both keys of an algorithm, in hexadecimal. */
  String keys(AeadAlgorithm algorithm) {
    return client.keys.get(algorithm);
  }

  /** Whether the server asked for a certificate of the client. */
  boolean wasAskedForCertificate() {
    return client.askedForCertificate;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private static final class Client extends DefaultTlsClient {
    private final Hello hello;
    private final Map<AeadAlgorithm, String> keys = new EnumMap<>(AeadAlgorithm.class);
    private boolean askedForCertificate;

    Client(Hello hello) {
      super(new BcTlsCrypto(new SecureRandom()));
      this.hello = hello;
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
      super.notifyHandshakeComplete();
      // Afterwards this library has forgotten what it exports from.
      for (AeadAlgorithm algorithm : AeadAlgorithm.values()) {
        keys.put(
            algorithm,
            exported(ExporterContext.clientToServer(algorithm), algorithm)
                + exported(ExporterContext.serverToClient(algorithm), algorithm));
      }
    }

    private String exported(byte[] of, AeadAlgorithm algorithm) {
      return HexFormat.of()
          .formatHex(
              context.exportKeyingMaterial(ExporterContext.LABEL, of, algorithm.keyOctets()));
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
      return hello.version().only();
    }

    @Override
    protected Vector<ProtocolName> getProtocolNames() {
      if (hello.protocols().isEmpty()) {
        return null;
      }
      Vector<ProtocolName> names = new Vector<>();
      hello.protocols().forEach(name -> names.add(ProtocolName.asUtf8Encoding(name)));
      return names;
    }

    @Override
    protected Vector<ServerName> getSNIServerNames() {
      if (hello.serverName().isEmpty()) {
        return null;
      }
      Vector<ServerName> names = new Vector<>();
      names.add(
          new ServerName((short) 0, hello.serverName().get().getBytes(StandardCharsets.US_ASCII)));
      return names;
    }

    @Override
    public TlsAuthentication getAuthentication() {
      return new TlsAuthentication() {
        @Override
        public void notifyServerCertificate(TlsServerCertificate certificate) {
          // Whose it is, the JDK's client checks in other tests.
        }

        @Override
        public TlsCredentials getClientCredentials(CertificateRequest request) {
          askedForCertificate = true;
          return null;
        }
      };
    }
  }
}
