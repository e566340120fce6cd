/**
 * What runs on the machines of a world: the daemon's own responder, associations, estimators and
 * steering, with a host around them that carries out what they decide.
 */
package org.timeball.sim.node;
