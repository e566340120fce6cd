/**
 * The walls between the rooms. Start at {@link org.timeball.checks.architecture.Walls}: each wall
 * with the bad classes that prove that it stands. The bad classes live in packages named {@code
 * fixtures} of the room that they misbehave in.
 */
package org.timeball.checks.architecture;
