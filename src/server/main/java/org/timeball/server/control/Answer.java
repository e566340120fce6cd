package org.timeball.server.control;

/**
 * The answer to a command that was carried out.
 *
 * @param report for programs: written as JSON
 * @param text for people: one or more lines
 */
public record Answer(Object report, String text) {}
