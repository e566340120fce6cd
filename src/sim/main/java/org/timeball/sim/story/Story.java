package org.timeball.sim.story;

import java.util.function.Consumer;

/**
 * Something that goes wrong.
 *
 * @param id as in {@code timeball sim ID}
 * @param sentence one line for people
 * @param plot builds the scene, lets time pass and says what must hold
 */
public record Story(String id, String sentence, Consumer<Scene> plot) {
  /** Tells it; the same seed gives the same outcome. */
  public Telling tell(long seed) {
    Scene scene = new Scene(seed);
    plot.accept(scene);
    return new Telling(id, seed, scene.promises(), scene.diaries(), scene.traceHash());
  }
}
