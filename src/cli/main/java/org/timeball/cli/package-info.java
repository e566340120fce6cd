/**
 * The {@code timeball} command: one small class for each subcommand, which reads its options, asks
 * {@code server} or {@code sim}, and prints.
 *
 * <p>Start at {@link org.timeball.cli.Main}.
 */
package org.timeball.cli;
