package org.timeball.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.timeball.platform.clock.HostClock;
import org.timeball.platform.clock.MachineClock;
import org.timeball.platform.process.KernelRandom;
import org.timeball.server.nts.CertificateFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code timeball nts init}. */
@Command(
    name = "init",
    description = {
      "Makes a private certificate authority and a certificate for this server, and says what to"
          + " do with them.",
      "With an authority already there, it issues a new certificate of the same authority: for"
          + " renewal, or for a second server. Clients need not be touched then."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the files are written",
      "1:there is a server certificate already, and --renew was not given",
      "2:the command line is wrong",
      "74:a file cannot be read or written"
    })
final class NtsInitCommand implements Callable<Integer> {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._:-]{1,253}");

  @Spec private CommandSpec spec;

  @Option(
      names = "--directory",
      paramLabel = "DIR",
      defaultValue = "/etc/timeball/nts",
      description = "Where the files go; ${DEFAULT-VALUE} unless given.")
  private Path directory;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description =
          "A DNS name or address by which clients call this server; may be given several times."
              + " Without it, this machine's name and addresses.")
  private List<String> names = new ArrayList<>();

  @Option(names = "--renew", description = "Replace the server certificate that is there.")
  private boolean renew;

  @Override
  public Integer call() throws CommandFailure {
    CertificateFiles files = CertificateFiles.in(directory);
    if (Files.exists(files.server()) && !renew) {
      throw new CommandFailure(
          ExitCode.NO,
          files.server() + " is there already; --renew replaces it by one of the same authority");
    }
    List<String> wanted = names.isEmpty() ? namesOfThisMachine() : names;
    for (String name : wanted) {
      if (!NAME.matcher(name).matches()) {
        throw new CommandFailure(ExitCode.USAGE, "'" + name + "' is not a DNS name or an address");
      }
    }
    try (HostClock clock = new MachineClock()) {
      Instant now = Instant.EPOCH.plusNanos(clock.nowUnixNanos());
      String fingerprint = files.make(wanted, now, new KernelRandom()::fill);
      explain(files, wanted, fingerprint);
      return ExitCode.OK;
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.IO, e.toString());
    }
  }

  private void explain(CertificateFiles files, List<String> wanted, String fingerprint) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        """
        Server certificate  %s
          for %s
        Its key             %s
        Authority           %s
          SHA-256 %s
        Its key             %s  (keep it off the server: it is needed only to renew)

        On this server: let the user of the service read the key,
            chgrp timeball %s
        and add to its configuration:

            [nts]
            certificate = "%s"
            private-key = "%s"

        On each client: copy %s there and compare its fingerprint,
            openssl x509 -noout -fingerprint -sha256 -in ca.pem
        then for chrony, in chrony.conf:
            server %s iburst nts
            ntstrustedcerts /etc/chrony/ca.pem
        for ntpsec, in ntp.conf:
            server %s nts ca /etc/ntpsec/ca.pem
        """,
        files.server(),
        String.join(", ", wanted),
        files.serverKey(),
        files.authority(),
        fingerprint,
        files.authorityKey(),
        files.serverKey(),
        files.server().toAbsolutePath(),
        files.serverKey().toAbsolutePath(),
        files.authority(),
        wanted.getFirst(),
        wanted.getFirst());
    out.flush();
  }

  private static List<String> namesOfThisMachine() throws CommandFailure {
    Set<String> found = new LinkedHashSet<>();
    try {
      String host = InetAddress.getLocalHost().getHostName();
      found.add(host);
      if (!host.contains(".")) {
        // What the machine answers to by multicast DNS.
        found.add(host + ".local");
      }
    } catch (UnknownHostException e) {
      // Its name is not known to itself; its addresses are.
      found.clear();
    }
    try {
      NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .filter(a -> !a.isLoopbackAddress() && !a.isLinkLocalAddress())
          .map(NtsInitCommand::text)
          .forEach(found::add);
    } catch (SocketException e) {
      throw new CommandFailure(ExitCode.IO, "the addresses of this machine: " + e.getMessage());
    }
    if (found.isEmpty()) {
      throw new CommandFailure(
          ExitCode.USAGE, "this machine has neither a name nor an address; give one with --name");
    }
    return List.copyOf(found);
  }

  private static String text(InetAddress address) {
    String text = address.getHostAddress();
    int zone = text.indexOf('%');
    return address instanceof Inet6Address && zone >= 0 ? text.substring(0, zone) : text;
  }
}
