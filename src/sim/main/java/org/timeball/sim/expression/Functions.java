package org.timeball.sim.expression;

/**
 * The functions of the language. Waves count their evaluations, not time. The order of operations
 * is clknetsim's, so that the last digit agrees.
 */
final class Functions {
  private Functions() {}

  /** A function of other expressions. */
  abstract static class Combined implements Expression {
    final Expression[] inputs;

    Combined(Expression[] inputs) {
      this.inputs = inputs;
    }
  }

  static final class Add extends Combined {
    Add(Expression[] inputs) {
      super(inputs);
    }

    @Override
    public double evaluate(Variables variables) {
      double total = 0;
      for (Expression input : inputs) {
        total += input.evaluate(variables);
      }
      return total;
    }
  }

  static final class Multiply extends Combined {
    Multiply(Expression[] inputs) {
      super(inputs);
    }

    @Override
    public double evaluate(Variables variables) {
      double product = 1;
      for (Expression input : inputs) {
        product *= input.evaluate(variables);
      }
      return product;
    }
  }

  static final class Remainder extends Combined {
    Remainder(Expression[] inputs) {
      super(inputs);
    }

    @Override
    public double evaluate(Variables variables) {
      double rest = inputs[0].evaluate(variables);
      for (int i = 1; i < inputs.length; i++) {
        rest %= inputs[i].evaluate(variables);
      }
      return rest;
    }
  }

  /** Adds up everything its inputs ever gave. */
  static final class Sum extends Combined {
    private double total;

    Sum(Expression[] inputs) {
      super(inputs);
    }

    @Override
    public double evaluate(Variables variables) {
      for (Expression input : inputs) {
        total += input.evaluate(variables);
      }
      return total;
    }
  }

  /** 1 if all but the first lie within the first of each other, otherwise 0. */
  static final class Equal extends Combined {
    Equal(Expression[] inputs) {
      super(inputs);
    }

    @Override
    public double evaluate(Variables variables) {
      double tolerance = inputs[0].evaluate(variables);
      double least = 0;
      double greatest = 0;
      for (int i = 1; i < inputs.length; i++) {
        double value = inputs[i].evaluate(variables);
        least = i == 1 ? value : Math.min(least, value);
        greatest = i == 1 ? value : Math.max(greatest, value);
      }
      return greatest - least <= tolerance ? 1 : 0;
    }
  }

  static final class Minimum extends Combined {
    Minimum(Expression[] inputs) {
      super(inputs);
    }

    @Override
    public double evaluate(Variables variables) {
      double least = 0;
      for (int i = 0; i < inputs.length; i++) {
        double value = inputs[i].evaluate(variables);
        least = i == 0 ? value : Math.min(least, value);
      }
      return least;
    }
  }

  static final class Maximum extends Combined {
    Maximum(Expression[] inputs) {
      super(inputs);
    }

    @Override
    public double evaluate(Variables variables) {
      double greatest = 0;
      for (int i = 0; i < inputs.length; i++) {
        double value = inputs[i].evaluate(variables);
        greatest = i == 0 ? value : Math.max(greatest, value);
      }
      return greatest;
    }
  }

  static final class Sine implements Expression {
    private final double period;
    private double count;

    Sine(double period) {
      this.period = period;
    }

    @Override
    public double evaluate(Variables variables) {
      return StrictMath.sin(count++ / period * 2 * Math.PI);
    }
  }

  static final class Cosine implements Expression {
    private final double period;
    private double count;

    Cosine(double period) {
      this.period = period;
    }

    @Override
    public double evaluate(Variables variables) {
      return StrictMath.cos(count++ / period * 2 * Math.PI);
    }
  }

  /** From -1 up to 1 in the first half of each period, and down again. */
  static final class Triangle implements Expression {
    private final double period;
    private double count;

    Triangle(double period) {
      this.period = period;
    }

    @Override
    public double evaluate(Variables variables) {
      double turns = count++ / period;
      return 1 - 4 * Math.abs(turns - Math.floor(turns) - 0.5);
    }
  }

  /** 1 so many times, then -1 so many times. */
  static final class Pulse implements Expression {
    private final int high;
    private final int length;
    private int count;

    Pulse(int high, int low) {
      if (high < 0 || low < 0 || high + low == 0) {
        throw new IllegalArgumentException("a pulse of " + high + " high and " + low + " low");
      }
      this.high = high;
      this.length = high + low;
    }

    @Override
    public double evaluate(Variables variables) {
      double value = count < high ? 1 : -1;
      count = (count + 1) % length;
      return value;
    }
  }

  /** Recorded numbers, over and over. */
  static final class Recorded implements Expression {
    private final double[] values;
    private int next;

    Recorded(double[] values) {
      if (values.length == 0) {
        throw new IllegalArgumentException("a data file without numbers");
      }
      this.values = values;
    }

    @Override
    public double evaluate(Variables variables) {
      double value = values[next];
      next = (next + 1) % values.length;
      return value;
    }
  }
}
