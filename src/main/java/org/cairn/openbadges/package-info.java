/** The signed document and its status: build, sign, verify, revoke. */
@NullMarked
package org.cairn.openbadges;

import org.jspecify.annotations.NullMarked;
