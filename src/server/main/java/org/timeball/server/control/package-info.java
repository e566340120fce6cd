/**
 * The control socket: a Unix socket named {@code control} in the run directory, over which {@code
 * timeball status}, {@code sources}, {@code why} and {@code reload} talk to the daemon.
 *
 * <p>Start at {@link org.timeball.server.control.ControlServer}; {@link
 * org.timeball.server.control.ControlClient} is the other end.
 *
 * <p>A request is one line of JSON, such as {@code {"command":"status"}}; so is its answer: {@code
 * {"ok":true,"report":{…},"text":"…"}} or {@code {"ok":false,"error":"…"}}. A connection may carry
 * several, one after the other.
 *
 * <p>Invariants: who may open the socket's file may ask everything; neither a slow nor a silent nor
 * a talkative client costs more than a bounded buffer.
 */
package org.timeball.server.control;
