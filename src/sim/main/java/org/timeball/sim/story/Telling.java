package org.timeball.sim.story;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A story as it went with one seed.
 *
 * @param diaries what was seen of each machine that was watched, by its name
 * @param traceHash a number that tells two different runs apart
 */
public record Telling(
    String story, long seed, List<Promise> promises, Map<String, Diary> diaries, long traceHash) {
  public Telling {
    promises = List.copyOf(promises);
    diaries = Collections.unmodifiableMap(new LinkedHashMap<>(diaries));
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
