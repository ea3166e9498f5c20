/** What is known about a learner: observations in, facts out; one class for each source. */
@NullMarked
package org.cairn.evidence;

import org.jspecify.annotations.NullMarked;
