package org.timeball.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.timeball.platform.local.SequencedPacketSocket;
import org.timeball.server.config.Configuration;
import org.timeball.server.config.SourceSettings;
import org.timeball.sim.join.JoinedNode;
import org.timeball.sim.join.RecordChannel;

/** Joins a network that clknetsim simulates. */
final class SimulatedNetwork {
  private static final Pattern ADDRESS = Pattern.compile("192\\.168\\.123\\.(\\d{1,3})");

  private SimulatedNetwork() {}

  /**
   * Takes part until the simulation ends.
   *
   * @return what was done, for people
   */
  static String join(Path socket, int node, long epochUnixSeconds, Configuration configuration)
      throws CommandFailure {
    if (!configuration.refclocks().isEmpty()) {
      throw new CommandFailure(
          ExitCode.CONFIGURATION,
          "a network that is simulated has no devices; remove the [[refclock]] tables");
    }
    List<JoinedNode.Asked> servers = new ArrayList<>();
    for (SourceSettings source : configuration.sources()) {
      servers.add(
          new JoinedNode.Asked(
              nodeOf(source.address()), source.minimumPoll(), source.maximumPoll()));
    }
    try (SequencedPacketSocket connection = SequencedPacketSocket.connect(socket)) {
      RecordChannel channel =
          new RecordChannel() {
            @Override
            public void send(byte[] octets, int length) throws IOException {
              connection.send(octets, length);
            }

            @Override
            public byte[] receive(int room) throws IOException {
              return connection.receive(room);
            }
          };
      JoinedNode joined = new JoinedNode(channel, node, epochUnixSeconds, servers);
      joined.run();
      return joined.summary();
    } catch (IOException | UncheckedIOException e) {
      throw new CommandFailure(
          ExitCode.IO,
          "%s; clknetsim must have been started, and waits only 10 s for its nodes"
              .formatted(e.getMessage()));
    }
  }

  /** The number of the node with an address in the simulated network. */
  private static int nodeOf(String address) throws CommandFailure {
    Matcher matcher = ADDRESS.matcher(address);
    if (!matcher.matches()) {
      throw new CommandFailure(
          ExitCode.CONFIGURATION,
          "%s is not in the simulated network; its nodes are 192.168.123.1 and so on"
              .formatted(address));
    }
    return Integer.parseInt(matcher.group(1));
  }
}
