package org.timeball.sim.story;

/**
 * What must hold in a story, and whether it did.
 *
 * @param sentence subject first
 * @param found what was seen, with figures
 */
public record Promise(String sentence, boolean kept, String found) {}
