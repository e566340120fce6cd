/**
 * Programs that run in the guest, beside the daemon or in its place. They print what they did; the
 * judgement is made outside, with other people's programs.
 */
package org.timeball.checks.guest.inside;
