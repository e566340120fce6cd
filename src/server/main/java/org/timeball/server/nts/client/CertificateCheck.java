package org.timeball.server.nts.client;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.timeball.core.nts.RoughTime;
import org.timeball.core.nts.ValidityPeriod;

/**
 * Judges the certificate of one connection. Which certificates lead to an authority, and whether
 * the name is right, is left to the JDK; when it is valid is judged here, because the JDK would ask
 * the machine's clock, and that may be wrong.
 */
final class CertificateCheck extends X509ExtendedTrustManager {
  private final String host;
  private final Authorities authorities;
  private final RoughTime present;
  private List<X509Certificate> shown = List.of();
  private Optional<ValidityPeriod> period = Optional.empty();
  private Optional<String> failure = Optional.empty();

  CertificateCheck(String host, Authorities authorities, RoughTime present) {
    this.host = host;
    this.authorities = authorities;
    this.present = present;
  }

  /** What the server showed, its own certificate first; empty before. */
  List<X509Certificate> shown() {
    return shown;
  }

  /** When the server's certificate, and those that lead to an authority, are valid. */
  Optional<ValidityPeriod> period() {
    return period;
  }

  /** Why the certificate was refused, as a clause for people; empty if it was not. */
  Optional<String> failure() {
    return failure;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    shown = List.of(chain);
    try {
      ValidityPeriod found = path().orElseThrow(() -> refused(strangerWords()));
      period = Optional.of(found);
      if (!found.mayInclude(present)) {
        throw refused(found.missedBy(present));
      }
      checkName(chain, authType, socket, instant(found.commonWith(present)));
    } catch (CertificateException e) {
      throw e;
    } catch (GeneralSecurityException e) {
      throw refused("its certificate cannot be checked: " + e.getMessage());
    }
  }

  /** The JDK once more, for all that it checks beside: uses, constraints, and the name. */
  private void checkName(X509Certificate[] chain, String authType, Socket socket, Instant when)
      throws GeneralSecurityException {
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(new CertPathTrustManagerParameters(parameters(when, new X509CertSelector())));
    X509ExtendedTrustManager judge =
        (X509ExtendedTrustManager) Arrays.asList(factory.getTrustManagers()).getFirst();
    try {
      judge.checkServerTrusted(chain, authType, socket);
    } catch (CertificateException e) {
      throw refused(
          e.getCause() == null
              ? "its certificate is for %s, and not for %s".formatted(names(chain[0]), host)
              : "its certificate may not be used for this: " + e.getMessage());
    }
  }

  /**
   * The period of a path from the server's certificate to an authority, whatever the time; one that
   * the present may lie in if there is one.
   */
  private Optional<ValidityPeriod> path() {
    return shown.stream()
        .map(certificate -> certificate.getNotBefore().toInstant())
        .flatMap(from -> Stream.of(from, later(from)))
        .distinct()
        .flatMap(when -> path(when).stream())
        .min(Comparator.comparing(found -> !found.mayInclude(present)));
  }

  /** The earliest moment of the present, if that is later. */
  private Instant later(Instant from) {
    Instant earliest = instant(present.earliestUnixNanos());
    return earliest.isAfter(from) ? earliest : from;
  }

  private Optional<ValidityPeriod> path(Instant when) {
    X509CertSelector own = new X509CertSelector();
    own.setCertificate(shown.getFirst());
    try {
      List<X509Certificate> path =
          CertPathBuilder.getInstance("PKIX")
              .build(parameters(when, own))
              .getCertPath()
              .getCertificates()
              .stream()
              .map(X509Certificate.class::cast)
              .toList();
      return Optional.of(
          ValidityPeriod.ofSeconds(
              path.stream()
                  .mapToLong(c -> c.getNotBefore().toInstant().getEpochSecond())
                  .max()
                  .orElseThrow(),
              path.stream()
                  .mapToLong(c -> c.getNotAfter().toInstant().getEpochSecond())
                  .min()
                  .orElseThrow()));
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  private PKIXBuilderParameters parameters(Instant when, X509CertSelector target)
      throws GeneralSecurityException {
    PKIXBuilderParameters parameters = new PKIXBuilderParameters(authorities.anchors(), target);
    parameters.setDate(Date.from(when));
    parameters.setRevocationEnabled(false);
    parameters.addCertStore(
        CertStore.getInstance("Collection", new CollectionCertStoreParameters(shown)));
    return parameters;
  }

  private String strangerWords() {
    X509Certificate last = shown.getLast();
    boolean signsItself = last.getSubjectX500Principal().equals(last.getIssuerX500Principal());
    return shown.size() == 1 && signsItself
        ? "its certificate is signed by itself and is not among the authorities of "
            + authorities.place()
        : "its certificate is issued by '%s', which is none of the authorities of %s"
            .formatted(last.getIssuerX500Principal().getName(), authorities.place());
  }

  private CertificateException refused(String reason) {
    failure = Optional.of(reason);
    return new CertificateException(reason);
  }

  private static Instant instant(long unixNanos) {
    return Instant.ofEpochSecond(0, unixNanos);
  }

  /** The names and addresses of a certificate, for people. */
  static String names(X509Certificate certificate) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names == null
          ? "'" + certificate.getSubjectX500Principal().getName() + "' without a name of a server"
          : names.stream().map(n -> String.valueOf(n.get(1))).collect(Collectors.joining(", "));
    } catch (CertificateParsingException e) {
      return "names that cannot be read";
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("a certificate is checked for a connection only");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    checkServerTrusted(chain, authType);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("there are no clients here");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    checkClientTrusted(chain, authType);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    checkClientTrusted(chain, authType);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
