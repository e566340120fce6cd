package org.timeball.core.nts.packet;

import java.nio.ByteBuffer;
import org.timeball.core.packet.ExtensionField;

/**
 * Where the fields of NTS are in a packet. Filled again for each by the one thread that owns it;
 * allocates nothing. Fields behind the authenticator are not authentic and count as strangers.
 */
final class FieldScan {
  private static final int NONE = -1;

  private int identifierAt;
  private int identifiers;
  private int cookieAt;
  private int cookies;
  private int firstPlaceholderAt;
  private int placeholders;
  private int authenticatorAt;
  private int strangers;

  /** Looks at the well-formed fields from {@code start} to {@code end}. */
  void read(ByteBuffer packet, int start, int end) {
    identifierAt = NONE;
    identifiers = 0;
    cookieAt = NONE;
    cookies = 0;
    firstPlaceholderAt = NONE;
    placeholders = 0;
    authenticatorAt = NONE;
    strangers = 0;
    for (int at = start; at < end; at += ExtensionField.statedLength(packet, at)) {
      count(packet, at);
    }
  }

  private void count(ByteBuffer packet, int at) {
    int type = authenticatorAt == NONE ? ExtensionField.type(packet, at) : NONE;
    switch (type) {
      case NtsField.UNIQUE_IDENTIFIER -> {
        identifierAt = at;
        identifiers++;
      }
      case NtsField.COOKIE -> {
        cookieAt = at;
        cookies++;
      }
      case NtsField.COOKIE_PLACEHOLDER -> {
        if (firstPlaceholderAt == NONE) {
          firstPlaceholderAt = at;
        }
        placeholders++;
      }
      case NtsField.AUTHENTICATOR -> authenticatorAt = at;
      default -> strangers++;
    }
  }

  /** Nothing of NTS in it. */
  boolean isPlain() {
    return identifiers + cookies + placeholders == 0 && authenticatorAt == NONE;
  }

  /** One unique identifier and nothing else: used without NTS, to tell a forged reply. */
  boolean isIdentifierAlone() {
    return identifiers == 1 && cookies + placeholders + strangers == 0 && authenticatorAt == NONE;
  }

  /** One identifier, one cookie, then an authenticator (RFC 8915, section 5.7). */
  boolean isRequest() {
    return identifiers == 1 && cookies == 1 && authenticatorAt != NONE;
  }

  /** An identifier, then an authenticator. */
  boolean isResponse() {
    return identifiers == 1 && authenticatorAt != NONE;
  }

  /** An identifier and no authenticator, as a kiss has it. */
  boolean isUnauthenticated() {
    return identifiers == 1 && authenticatorAt == NONE;
  }

  int identifierAt() {
    return identifierAt;
  }

  int cookieAt() {
    return cookieAt;
  }

  int authenticatorAt() {
    return authenticatorAt;
  }

  /** Placeholders as long as the cookie; others do not count (RFC 8915, section 5.5). */
  int validPlaceholders(ByteBuffer packet) {
    int valid = 0;
    if (firstPlaceholderAt != NONE) {
      int wanted = ExtensionField.statedLength(packet, cookieAt);
      for (int at = firstPlaceholderAt;
          at < authenticatorAt;
          at += ExtensionField.statedLength(packet, at)) {
        if (ExtensionField.type(packet, at) == NtsField.COOKIE_PLACEHOLDER
            && ExtensionField.statedLength(packet, at) == wanted) {
          valid++;
        }
      }
    }
    return valid;
  }
}
