/** Checking credentials, of ours and of others: read, find the issuer's key, verify, ask for the status, and say what was found. */
@NullMarked
package org.cairn.openbadges.verification;

import org.jspecify.annotations.NullMarked;
