/**
 * For tests only: finds recorded logs and published vectors that are kept beside a checkout because
 * they are not ours to publish. Start at {@link org.timeball.corpora.Corpora}.
 */
package org.timeball.corpora;
