package org.timeball.server.nts.client;

/**
 * A step of an exchange that was taken, for people who look on.
 *
 * @param what such as {@code certificate}
 * @param result what came of it
 */
public record Step(String what, String result) {}
