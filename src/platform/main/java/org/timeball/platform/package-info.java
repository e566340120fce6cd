/**
 * The only room that touches Linux. The packet path and clock reads go through FFM, every other
 * call through JNA; nothing else in the house does either.
 */
package org.timeball.platform;
