/**
 * What every file looks like. A rule is a function from a text to the complaints about it, so that
 * each test shows it a bad text first and then the project.
 */
package org.timeball.checks.tidy;
