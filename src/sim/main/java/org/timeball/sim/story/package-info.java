/**
 * Stories of things that go wrong, each with the promises that the server keeps all the same.
 *
 * <p>Start at {@link org.timeball.sim.story.Stories}. A story builds a {@link
 * org.timeball.sim.story.Scene} out of what is usual, changes what it is about, lets time pass, and
 * says what must hold. A broken promise is a value; whoever tells the story decides what follows.
 */
package org.timeball.sim.story;
