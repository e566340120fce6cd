package org.timeball.core.nts;

import java.util.List;

/**
 * What a client got by key establishment.
 *
 * @param keys of both directions
 * @param cookies fresh ones, at least one, each to be used once
 * @param host name or address that is to be asked for the time
 * @param port UDP port there
 * @param certificate when the server's certificate is valid
 */
public record KeyGrant(
    NtsKeys keys, List<byte[]> cookies, String host, int port, ValidityPeriod certificate) {
  public KeyGrant {
    cookies = List.copyOf(cookies);
  }

  @Override
  public String toString() {
    return "%s and %d cookies for %s port %d".formatted(keys, cookies.size(), host, port);
  }
}
