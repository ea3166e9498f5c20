/**
 * Reads pictures that institutions bring for their badges. Whatever came, only pixels leave: nothing of the file itself is kept or
 * served (docs/decisions/016).
 */
@NullMarked
package org.cairn.openbadges.artwork;

import org.jspecify.annotations.NullMarked;
