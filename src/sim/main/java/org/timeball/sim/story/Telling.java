package org.timeball.sim.story;

import java.util.List;

/**
 * A story as it went with one seed.
 *
 * @param traceHash a number that tells two different runs apart
 */
public record Telling(String story, long seed, List<Promise> promises, long traceHash) {
  public Telling {
    promises = List.copyOf(promises);
  }

  /** Those that were not kept. */
  public List<Promise> broken() {
    return promises.stream().filter(promise -> !promise.kept()).toList();
  }

  /** The command that repeats it. */
  public String command() {
    return "scripts/timeball sim " + story + " --seed " + seed;
  }
}
