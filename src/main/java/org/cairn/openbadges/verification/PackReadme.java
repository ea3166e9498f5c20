package org.cairn.openbadges.verification;

import java.time.Instant;
import org.cairn.openbadges.Credential;
import org.cairn.openbadges.IssuerProfile;

/** What a pack says to whoever finds it when nobody remembers what it is. */
final class PackReadme {

    private PackReadme() {}

    static String of(Credential credential, IssuerProfile issuer, Instant made) {
        return """
                A credential, with all that is needed to check it without the internet
                ======================================================================

                It was issued by %s, and packed on %s.

                  credential.jwt   the credential, signed: a JSON Web Token (RFC 7519, ES256)
                  credential.json  the same with a Data Integrity proof (W3C, eddsa-rdfc-2022)
                  issuer.json      the public keys of the issuer, as it published them that day
                  status.json      the issuer's list of revoked credentials, signed that day
                  published/       the vocabularies and the schema that it is written in, as published
                  excerpts/        parts of those that could not be fetched: the terms used here
                  manifest.json    where each file is from, with its SHA-256 digest, and what is missing

                HOW TO CHECK IT

                1. If the address in "issuer" still answers, ask there and at the addresses in
                   manifest.json: the issuer's own word counts, and this pack does not.
                   With Cairn:  cairn verify credential.pack.zip
                2. Otherwise, with any library for JSON Web Tokens: take from issuer.json the key
                   whose "id" is the "kid" in the token's header, and verify the token with it. Or with
                   any library for W3C Verifiable Credentials: verify credential.json, and give it the
                   files of this pack wherever it asks for an address.
                3. It is revoked if bit number %d of the list in status.json is set: base64url-decode
                   "encodedList" without its first letter, un-gzip it, and count bits from the left.

                WHAT THAT PROVES

                Whoever makes a pack can put any keys into issuer.json. With these files alone you
                know that all of them fit together, and what they said on %s. That the keys
                were the issuer's you have to know from elsewhere: from a copy of issuer.json in an
                archive of the web, from other credentials of the same issuer, or from the issuer.
                What has been revoked since then is not in here.
                """.formatted(
                        issuer.name(),
                        made.toString().substring(0, 10),
                        credential.status().index(),
                        made.toString().substring(0, 10));
    }
}
