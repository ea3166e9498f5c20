/** The picture of an achievement: one list of shapes, which becomes SVG, PNG and part of a certificate. Reads no clock and no database. */
@NullMarked
package org.cairn.openbadges.image;

import org.jspecify.annotations.NullMarked;
