package org.timeball.sim.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.timeball.sim.random.AdditiveFeedback;

class ExpressionParserTest {
  private static Expression parse(String text) {
    return new ExpressionParser(new AdditiveFeedback(1), name -> new double[] {1, 2.5, -3})
        .parse(text);
  }

  private static double[] first(int count, String text) {
    Expression expression = parse(text);
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = expression.evaluate(Variables.NONE);
    }
    return values;
  }

  @Test
  void foldsSumsProductsAndRemaindersFromTheLeft() {
    assertThat(first(1, "42e-6")).containsExactly(42e-6);
    assertThat(first(1, "(+ 1 2 (* 3 4))")).containsExactly(15);
    assertThat(first(1, "(% 17 10 4)")).containsExactly(3);
    assertThat(first(1, "(min 3 -1 2)")).containsExactly(-1);
    assertThat(first(1, "(max -3 -1 -2)")).containsExactly(-1);
    assertThat(first(3, "(sum 1 (* 2 2))")).containsExactly(5, 10, 15);
  }

  @Test
  void saysWhetherValuesLieWithinATolerance() {
    assertThat(first(1, "(equal 0.5 1 1.4)")).containsExactly(1);
    assertThat(first(1, "(equal 0.5 1 1.6)")).containsExactly(0);
  }

  @Test
  void countsEvaluationsInItsWaves() {
    assertThat(first(5, "(pulse 2 1)")).containsExactly(1, 1, -1, 1, 1);
    assertThat(first(5, "(triangle 4)")).containsExactly(-1, 0, 1, 0, -1);
    assertThat(first(4, "(file \"recorded\")")).containsExactly(1, 2.5, -3, 1);
    assertThat(first(3, "(sine 4)")[1]).isCloseTo(1, within(1e-15));
    assertThat(first(3, "(cosine 4)")[2]).isCloseTo(-1, within(1e-15));
  }

  @Test
  void knowsThePacketADelayIsFor() {
    Variables packet = new Variables(4000.5, 1, 2, 123, 48, 1);
    assertThat(parse("(equal 450 (% time 3600) 450)").evaluate(packet)).isEqualTo(1);
    assertThat(parse("(+ (* 1000 from) (* 100 to) port length subnet)").evaluate(packet))
        .isEqualTo(1000 + 200 + 123 + 48 + 1);
  }

  @Test
  void drawsFromTheDistributionsItNames() {
    double[] names = {0.5, 0, 1, 5};
    String[] texts = {"(uniform)", "(normal)", "(exponential)", "(poisson 5)"};
    for (int k = 0; k < texts.length; k++) {
      double sum = 0;
      for (double value : first(100_000, texts[k])) {
        sum += value / 100_000;
      }
      assertThat(sum).as(texts[k]).isCloseTo(names[k], within(0.03));
    }
  }

  @Test
  void saysWhereAnExpressionStopsMakingSense() {
    assertThatThrownBy(() -> parse("(+ 1 (frobnicate 2))"))
        .hasMessageContaining("frobnicate")
        .hasMessageContaining("character");
    assertThatThrownBy(() -> parse("(+ 1 2")).hasMessageContaining("')' is missing");
    assertThatThrownBy(() -> parse("(+ 1x 2)")).hasMessageContaining("'1x' is not a number");
    assertThatThrownBy(() -> parse("(+ tyme 2)")).hasMessageContaining("no variable 'tyme'");
    assertThatThrownBy(() -> parse("(sine (uniform))")).hasMessageContaining("plain number");
    assertThatThrownBy(() -> parse("1 2")).hasMessageContaining("after the end");
  }
}
