package org.timeball.core.select;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The smallest interval that a majority of sources' intervals share a point with (RFC 5905, section
 * 11.2.1).
 *
 * <p>Differs from the text: if no majority's midpoints lie within, a single one is enough. A
 * receiver is right to a microsecond and a server that agrees with it to milliseconds, and the text
 * would have neither followed.
 *
 * @param lowNanos Unix time
 * @param highNanos Unix time
 */
record Intersection(long lowNanos, long highNanos) {
  private record Edge(long nanos, int type) {}

  /** Empty if no majority agrees. */
  static Optional<Intersection> of(List<Candidate> candidates) {
    int m = candidates.size();
    List<Edge> edges = new ArrayList<>();
    for (Candidate c : candidates) {
      edges.add(new Edge(low(c), +1));
      edges.add(new Edge(c.unixNanos(), 0));
      edges.add(new Edge(high(c), -1));
    }
    // At the same instant an interval begins before another ends: they share that point.
    edges.sort(Comparator.comparingLong(Edge::nanos).thenComparingInt(e -> -e.type()));
    return search(edges, m, true).or(() -> search(edges, m, false));
  }

  private static Optional<Intersection> search(List<Edge> edges, int m, boolean byMidpoints) {
    for (int allow = 0; 2 * allow < m; allow++) {
      Optional<Intersection> found = search(edges, m, allow, byMidpoints ? allow : m - 1);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static Optional<Intersection> search(
      List<Edge> edges, int m, int allow, int allowedMidpoints) {
    int midpointsOutside = 0;
    int depth = 0;
    long low = 0;
    boolean lowFound = false;
    for (Edge e : edges) {
      depth += e.type();
      if (depth >= m - allow) {
        low = e.nanos();
        lowFound = true;
        break;
      }
      midpointsOutside += e.type() == 0 ? 1 : 0;
    }
    depth = 0;
    long high = 0;
    boolean highFound = false;
    for (Edge e : edges.reversed()) {
      depth -= e.type();
      if (depth >= m - allow) {
        high = e.nanos();
        highFound = true;
        break;
      }
      midpointsOutside += e.type() == 0 ? 1 : 0;
    }
    return lowFound && highFound && midpointsOutside <= allowedMidpoints && low <= high
        ? Optional.of(new Intersection(low, high))
        : Optional.empty();
  }

  boolean contains(Candidate c) {
    return high(c) >= lowNanos && low(c) <= highNanos;
  }

  private static long low(Candidate c) {
    return c.unixNanos() - Math.round(c.rootDistance() * 1e9);
  }

  private static long high(Candidate c) {
    return c.unixNanos() + Math.round(c.rootDistance() * 1e9);
  }
}
