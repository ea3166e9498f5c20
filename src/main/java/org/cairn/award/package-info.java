/** From observations to awards: decide, record, reconsider, revoke, progress; collecting from the sources by schedule. */
@NullMarked
package org.cairn.award;

import org.jspecify.annotations.NullMarked;
