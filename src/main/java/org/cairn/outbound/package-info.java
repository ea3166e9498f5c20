/** The one HTTP client that leaves the house: addresses checked after resolution, one deadline, a size limit. */
@NullMarked
package org.cairn.outbound;

import org.jspecify.annotations.NullMarked;
