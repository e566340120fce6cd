package org.timeball.sim.world;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.timeball.sim.expression.Expression;
import org.timeball.sim.expression.ExpressionParser;
import org.timeball.sim.random.AdditiveFeedback;

/**
 * What a world is like, in the language of clknetsim's configuration file, one setting a line:
 * {@code node2_freq = (+ 10e-6 (sum (* 1e-9 (normal))))}. Understood are {@code offset}, {@code
 * freq}, {@code step}, {@code refclock} and {@code delayN} of each node; a line that starts with
 * {@code #} is a comment. Reading it with the same seed gives the same world as there.
 */
public final class WorldPlan {
  private static final Pattern SETTING =
      Pattern.compile("node(\\d+)_(offset|freq|step|refclock|delay)(\\d*)\\s*=\\s*(.+)");

  private final Map<String, Expression> settings = new HashMap<>();
  private int nodes;

  /**
   * Reads a configuration.
   *
   * @throws IllegalArgumentException naming the line that makes no sense
   */
  public static WorldPlan parse(String text, long seed) {
    WorldPlan plan = new WorldPlan();
    ExpressionParser parser = new ExpressionParser(new AdditiveFeedback(seed));
    for (String line : text.split("\n", -1)) {
      String setting = line.strip();
      if (setting.isEmpty() || setting.startsWith("#")) {
        continue;
      }
      Matcher matcher = SETTING.matcher(setting);
      if (!matcher.matches()) {
        throw new IllegalArgumentException(
            "'"
                + setting
                + "' is no setting; one reads nodeN_freq = …, nodeN_delayM = … and so on");
      }
      int node = Integer.parseInt(matcher.group(1));
      plan.nodes = Math.max(plan.nodes, node);
      plan.settings.put(
          key(matcher.group(2), node, matcher.group(3)), parser.parse(matcher.group(4)));
    }
    return plan;
  }

  private static String key(String what, int node, String other) {
    return what + " " + node + " " + other;
  }

  /** The highest number of a node that has a setting. */
  public int nodes() {
    return nodes;
  }

  Optional<Expression> setting(String what, int node) {
    return Optional.ofNullable(settings.get(key(what, node, "")));
  }

  /** The delay of packets from one node to another; none are delivered where there is none. */
  public Optional<Expression> delay(int from, int to) {
    return Optional.ofNullable(settings.get(key("delay", from, Integer.toString(to))));
  }
}
