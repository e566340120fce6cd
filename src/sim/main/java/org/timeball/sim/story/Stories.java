package org.timeball.sim.story;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All stories. */
public final class Stories {
  private static final List<Story> ALL = gathered();

  private Stories() {}

  private static List<Story> gathered() {
    List<Story> all = new ArrayList<>();
    all.addAll(ReceiverStories.ALL);
    all.addAll(NetworkStories.ALL);
    all.addAll(RoleStories.ALL);
    all.addAll(CalendarStories.ALL);
    return List.copyOf(all);
  }

  /** In an order for people. */
  public static List<Story> all() {
    return ALL;
  }

  public static Optional<Story> find(String id) {
    return ALL.stream().filter(story -> story.id().equals(id)).findFirst();
  }
}
