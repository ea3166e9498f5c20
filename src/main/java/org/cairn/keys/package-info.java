/** Our keys: make, keep encrypted, publish. Two sets that never mix: for LTI, and for each issuer. */
@NullMarked
package org.cairn.keys;

import org.jspecify.annotations.NullMarked;
