package org.timeball.server.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.timeball.core.control.StatusReport;
import org.timeball.server.nts.NtsReport;

/**
 * Everything that a running daemon can tell about itself.
 *
 * @param version of the program
 * @param upSeconds since it was started
 * @param time all that concerns time, as the brain sees it
 * @param listeners where requests are answered
 * @param nts key establishment, if Network Time Security is served
 * @param measurementsDropped measurements that the brain did not get to in time
 * @param scheduling how the kernel treats our threads and memory, in words
 */
public record DaemonReport(
    String version,
    double upSeconds,
    StatusReport time,
    List<Listener> listeners,
    Optional<NtsReport> nts,
    long measurementsDropped,
    String scheduling) {

  /**
   * One socket on which requests are answered.
   *
   * @param name of the listener
   * @param address address and port
   * @param received datagrams that came
   * @param answered replies that the kernel took
   * @param authenticated replies with Network Time Security
   * @param dropped datagrams that deserved no answer
   * @param notSent replies that the kernel did not take
   * @param unstamped datagrams without the kernel's stamp of their arrival
   * @param outcomes how many datagrams came to each end that there is, by its name
   * @param smear how leap seconds are spread for its clients, if they are
   */
  public record Listener(
      String name,
      String address,
      long received,
      long answered,
      long authenticated,
      long dropped,
      long notSent,
      long unstamped,
      Map<String, Long> outcomes,
      Optional<Smearing> smear) {}

  /**
   * Leap seconds spread.
   *
   * @param shape in words
   * @param lengthSeconds how long it takes
   * @param addedSeconds what is added to UTC just now
   */
  public record Smearing(String shape, double lengthSeconds, double addedSeconds) {}

  public DaemonReport {
    listeners = List.copyOf(listeners);
  }

  /** Requests answered with Network Time Security on all listeners. */
  long authenticated() {
    return listeners.stream().mapToLong(Listener::authenticated).sum();
  }

  /** Requests answered on all listeners. */
  public long answered() {
    return listeners.stream().mapToLong(Listener::answered).sum();
  }
}
