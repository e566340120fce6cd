package org.timeball.core.discipline;

/**
 * An exchange that a server's own estimate has taken in.
 *
 * @param number how many it had taken in then
 * @param rawNanos the middle of the exchange
 * @param originNanos true time minus raw where the exchange's phase is 0
 * @param noise standard deviation of the server's exchanges, seconds
 * @param evenAhead seconds by which the family that takes both legs to be alike is ahead of the
 *     estimate
 * @param legsAhead the same for the family that looks at each leg
 */
record TakenExchange(
    long number,
    long rawNanos,
    long originNanos,
    PathExchange exchange,
    double noise,
    double evenAhead,
    double legsAhead) {}
