package org.timeball.sim.scenario;

/**
 * A world and how long to watch it.
 *
 * @param id as in {@code timeball sim ID}
 * @param story one line for people
 * @param configuration clknetsim's language; the client is the last node
 * @param nodes how many
 * @param minimumPoll log2 seconds; for pulses it means nothing
 * @param maximumPoll log2 seconds
 * @param pulses whether the client has a pulse line instead of servers
 * @param seconds how long it runs
 * @param settlingSeconds not counted at the start
 */
public record Scenario(
    String id,
    String story,
    String configuration,
    int nodes,
    int minimumPoll,
    int maximumPoll,
    boolean pulses,
    int seconds,
    int settlingSeconds) {}
