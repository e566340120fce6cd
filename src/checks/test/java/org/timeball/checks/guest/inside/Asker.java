package org.timeball.checks.guest.inside;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;

/**
 * An NTP client of 48 octets that shares no code with the server. Asks each address of the command
 * line and prints what came of it: {@code 192.0.2.1 stratum 1} or {@code 192.0.2.1 silent}.
 */
public final class Asker {
  private static final int PORT = 123;
  private static final int PACKET_OCTETS = 48;

  /** No leap warning, version 4, mode 3 (RFC 5905, section 7.3). */
  private static final byte CLIENT_VERSION_4 = 0x23;

  private static final int STRATUM = 1;
  private static final int TIMEOUT_MILLIS = 3_000;

  private Asker() {}

  public static void main(String[] addresses) throws IOException {
    for (String address : addresses) {
      System.out.println(address + " " + ask(InetAddress.ofLiteral(address)));
    }
  }

  private static String ask(InetAddress server) throws IOException {
    byte[] packet = new byte[PACKET_OCTETS];
    packet[0] = CLIENT_VERSION_4;
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.connect(new InetSocketAddress(server, PORT));
      socket.send(new DatagramPacket(packet, PACKET_OCTETS));
      socket.receive(new DatagramPacket(packet, PACKET_OCTETS));
      return "stratum " + packet[STRATUM];
    } catch (SocketTimeoutException e) {
      return "silent";
    }
  }
}
