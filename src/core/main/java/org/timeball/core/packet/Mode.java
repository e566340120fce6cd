package org.timeball.core.packet;

/** Association modes as the three bits on the wire (RFC 5905, section 7.3, figure 10). */
public final class Mode {
  /** Never used since version 2; in version 1, which had no mode field, every packet. */
  public static final int RESERVED = 0;

  public static final int SYMMETRIC_ACTIVE = 1;
  public static final int SYMMETRIC_PASSIVE = 2;
  public static final int CLIENT = 3;
  public static final int SERVER = 4;
  public static final int BROADCAST = 5;

  /** Status requests and answers of another format (RFC 9327). */
  public static final int CONTROL = 6;

  public static final int PRIVATE = 7;

  private Mode() {}
}
