package org.timeball.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.timeball.server.json.Json;
import org.timeball.sim.story.Promise;
import org.timeball.sim.story.Telling;

/** A story that was told, for people and for programs. */
final class StoryText {
  private StoryText() {}

  static String lines(Telling telling) {
    StringBuilder text = new StringBuilder();
    for (Promise promise : telling.promises()) {
      text.append(
          "%s  %s: %s%n"
              .formatted(
                  promise.kept() ? "kept  " : "BROKEN", promise.sentence(), promise.found()));
    }
    return text.append("%s%n".formatted(telling.command())).toString();
  }

  /** One object on one line. */
  static String json(Telling telling) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("scenario", telling.story());
    all.put("seed", telling.seed());
    all.put("kept", telling.broken().isEmpty());
    all.put("promises", telling.promises());
    return Json.write(all) + System.lineSeparator();
  }
}
