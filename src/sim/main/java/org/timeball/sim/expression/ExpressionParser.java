package org.timeball.sim.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.timeball.sim.random.AdditiveFeedback;
import org.timeball.sim.random.LinearCongruential;

/**
 * Reads expressions. Each random function takes one number of the main stream as its own seed, in
 * the order in which they are closed, so expressions must be read in the order in which they stand
 * in the configuration.
 */
public final class ExpressionParser {
  private final AdditiveFeedback seeds;
  private final Function<String, double[]> files;

  /**
   * @param seeds the main random stream
   * @param files gives the numbers in a data file of that name, for {@code (file "name")}
   */
  public ExpressionParser(AdditiveFeedback seeds, Function<String, double[]> files) {
    this.seeds = seeds;
    this.files = files;
  }

  /** Without data files. */
  public ExpressionParser(AdditiveFeedback seeds) {
    this(
        seeds,
        name -> {
          throw new IllegalArgumentException("no data file '" + name + "' here");
        });
  }

  /**
   * Reads one expression: a number, or a function in brackets.
   *
   * @throws IllegalArgumentException saying at which character the text stops making sense
   */
  public Expression parse(String text) {
    Reader reader = new Reader(text);
    Parsed parsed = reader.argument();
    reader.skipSpace();
    if (reader.at < text.length()) {
      throw reader.error("something stands after the end of the expression");
    }
    return parsed.expression;
  }

  /** An argument; {@code constant} is NaN unless it is a plain number. */
  private record Parsed(Expression expression, double constant) {}

  private final class Reader {
    private final String text;
    private int at;

    Reader(String text) {
      this.text = text;
    }

    IllegalArgumentException error(String what) {
      return new IllegalArgumentException(
          "expression '" + text + "', character " + (at + 1) + ": " + what);
    }

    void skipSpace() {
      while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
        at++;
      }
    }

    String word() {
      int from = at;
      while (at < text.length()
          && !Character.isWhitespace(text.charAt(at))
          && "()\"".indexOf(text.charAt(at)) < 0) {
        at++;
      }
      if (from == at) {
        throw error("a number, a variable or a function is missing");
      }
      return text.substring(from, at);
    }

    Parsed argument() {
      skipSpace();
      if (at < text.length() && text.charAt(at) == '(') {
        at++;
        return new Parsed(function(), Double.NaN);
      }
      int from = at;
      String word = word();
      if (Character.isLetter(word.charAt(0))) {
        return new Parsed(variable(word, from), Double.NaN);
      }
      try {
        double constant = Double.parseDouble(word);
        return new Parsed(variables -> constant, constant);
      } catch (NumberFormatException e) {
        at = from;
        throw error("'" + word + "' is not a number");
      }
    }

    private Expression variable(String name, int from) {
      return switch (name) {
        case "time" -> Variables::time;
        case "from" -> Variables::from;
        case "to" -> Variables::to;
        case "port" -> Variables::port;
        case "length" -> Variables::length;
        case "subnet" -> Variables::subnet;
        default -> {
          at = from;
          throw error(
              "no variable '" + name + "'; there are time, from, to, port, length and subnet");
        }
      };
    }

    private Expression function() {
      skipSpace();
      String name = word();
      String file = null;
      List<Parsed> arguments = new ArrayList<>();
      while (true) {
        skipSpace();
        if (at >= text.length()) {
          throw error("a ')' is missing");
        }
        if (text.charAt(at) == ')') {
          at++;
          break;
        }
        if (text.charAt(at) == '"') {
          int end = text.indexOf('"', at + 1);
          if (end < 0) {
            throw error("a '\"' is missing");
          }
          file = text.substring(at + 1, end);
          at = end + 1;
        } else {
          arguments.add(argument());
        }
      }
      return build(name, file, arguments);
    }

    private Expression build(String name, String file, List<Parsed> arguments) {
      Expression[] inputs = new Expression[arguments.size()];
      for (int i = 0; i < inputs.length; i++) {
        inputs[i] = arguments.get(i).expression;
      }
      return switch (name) {
        case "+" -> new Functions.Add(inputs);
        case "*" -> new Functions.Multiply(inputs);
        case "%" -> new Functions.Remainder(atLeastOne(name, inputs));
        case "sum" -> new Functions.Sum(inputs);
        case "equal" -> new Functions.Equal(atLeastOne(name, inputs));
        case "min" -> new Functions.Minimum(inputs);
        case "max" -> new Functions.Maximum(inputs);
        case "uniform" -> {
          LinearCongruential random = generator();
          yield variables -> random.uniform();
        }
        case "normal" -> {
          LinearCongruential random = generator();
          yield variables -> random.normal();
        }
        case "exponential" -> {
          LinearCongruential random = generator();
          yield variables -> random.exponential();
        }
        case "poisson" -> {
          double mean = constants(name, arguments, 1)[0];
          if (!(mean >= 1 && mean <= 20)) {
            throw error("the mean of poisson is outside 1 to 20");
          }
          LinearCongruential random = generator();
          yield variables -> random.poisson(mean);
        }
        case "sine" -> new Functions.Sine(constants(name, arguments, 1)[0]);
        case "cosine" -> new Functions.Cosine(constants(name, arguments, 1)[0]);
        case "triangle" -> new Functions.Triangle(constants(name, arguments, 1)[0]);
        case "pulse" -> {
          double[] lengths = constants(name, arguments, 2);
          yield new Functions.Pulse((int) lengths[0], (int) lengths[1]);
        }
        case "file" -> {
          if (file == null) {
            throw error("file needs a name in quotes");
          }
          yield new Functions.Recorded(files.apply(file));
        }
        default -> throw error("no function '" + name + "'");
      };
    }

    private LinearCongruential generator() {
      return new LinearCongruential(seeds.next());
    }

    private Expression[] atLeastOne(String name, Expression[] inputs) {
      if (inputs.length == 0) {
        throw error("'" + name + "' needs at least one argument");
      }
      return inputs;
    }

    private double[] constants(String name, List<Parsed> arguments, int count) {
      if (arguments.size() != count) {
        throw error("'" + name + "' needs " + count + " arguments, not " + arguments.size());
      }
      double[] values = new double[count];
      for (int i = 0; i < count; i++) {
        values[i] = arguments.get(i).constant;
        if (Double.isNaN(values[i])) {
          throw error("argument " + (i + 1) + " of '" + name + "' must be a plain number");
        }
      }
      return values;
    }
  }
}
