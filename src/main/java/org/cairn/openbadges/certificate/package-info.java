/** A credential as a certificate to print and to hang on a wall: PDF/UA-1, with the signed credential attached. */
@NullMarked
package org.cairn.openbadges.certificate;

import org.jspecify.annotations.NullMarked;
