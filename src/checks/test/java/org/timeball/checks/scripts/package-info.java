/**
 * The scripts do what their help says. Each test runs the real script, in a copy where it writes.
 */
package org.timeball.checks.scripts;
