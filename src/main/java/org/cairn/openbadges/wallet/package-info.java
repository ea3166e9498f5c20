/** Credentials handed over to wallets (OpenID for Verifiable Credential Issuance 1.0): offers, nonces, and proofs of the wallets' keys. */
@NullMarked
package org.cairn.openbadges.wallet;

import org.jspecify.annotations.NullMarked;
