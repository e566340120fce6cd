package org.timeball.cli;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server as people name it: {@code host}, {@code host:port}, {@code 192.0.2.7:123}, {@code
 * 2001:db8::7} or {@code [2001:db8::7]:123}.
 */
record HostAndPort(String host, int port) {
  static final int NTP_PORT = 123;
  private static final Pattern BRACKETED = Pattern.compile("\\[([^]]+)](?::([0-9]{1,6}))?");
  private static final Pattern PLAIN = Pattern.compile("([^:]+)(?::([0-9]{1,6}))?");

  static HostAndPort parse(String text) throws CommandFailure {
    return parse(text, NTP_PORT);
  }

  /** With another port where the text has none. */
  static HostAndPort parse(String text, int usual) throws CommandFailure {
    Matcher bracketed = BRACKETED.matcher(text);
    Matcher plain = PLAIN.matcher(text);
    if (bracketed.matches()) {
      return new HostAndPort(bracketed.group(1), port(text, bracketed.group(2), usual));
    }
    if (plain.matches()) {
      return new HostAndPort(plain.group(1), port(text, plain.group(2), usual));
    }
    if (text.chars().filter(c -> c == ':').count() > 1) {
      return new HostAndPort(text, usual);
    }
    throw new CommandFailure(
        ExitCode.USAGE, "'" + text + "' is not HOST, HOST:PORT or [IPV6]:PORT");
  }

  private static int port(String text, String digits, int usual) throws CommandFailure {
    int port = digits == null ? usual : Integer.parseInt(digits);
    if (port < 1 || port > 65_535) {
      throw new CommandFailure(
          ExitCode.USAGE, "'" + text + "': port " + port + " is outside 1 to 65535");
    }
    return port;
  }

  InetSocketAddress resolve() throws CommandFailure {
    try {
      return new InetSocketAddress(InetAddress.getByName(host), port);
    } catch (UnknownHostException e) {
      throw new CommandFailure(ExitCode.IO, host + ": no such host, or no name server answers");
    }
  }
}
