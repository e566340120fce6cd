package org.timeball.checks.architecture;

import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/**
 * One wall.
 *
 * @param name what it promises, in a few words
 * @param badClasses break it together; the wall must name each of them
 */
record Wall(String name, ArchRule rule, List<Class<?>> badClasses) {
  @Override
  public String toString() {
    return name;
  }
}
