/** Speaking LTI 1.3 with an LMS: login, launch, gradebook (AGS), roster (NRPS), courses and placements. */
@NullMarked
package org.cairn.lti;

import org.jspecify.annotations.NullMarked;
