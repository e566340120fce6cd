/**
 * What no single room can promise for itself. {@code architecture}: who may use whom. {@code tidy}:
 * what every file looks like. {@code scripts}: that the scripts do what their help says.
 */
package org.timeball.checks;
