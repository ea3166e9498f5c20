package org.cairn.openbadges.verification;

import java.time.Instant;
import org.cairn.openbadges.IssuerProfile;

/** What a pack says to whoever finds it when nobody remembers what it is. */
final class PackReadme {

    private PackReadme() {}

    static String of(IssuerProfile issuer, Instant made) {
        return of("A credential", """
                  credential.jwt   the credential, signed: a JSON Web Token (RFC 7519)
                  credential.json  the same with a Data Integrity proof (W3C, eddsa-rdfc-2022)
                """, issuer, made);
    }

    static String ofRecord(IssuerProfile issuer, Instant made) {
        return of("A certificate and all that it is stacked from", """
                  credential.json  the record of them (1EdTech CLR 2.0), with a Data Integrity proof
                                   (W3C, eddsa-rdfc-2022), and each credential in it with its own
                """, issuer, made);
    }

    private static String of(String what, String signed, IssuerProfile issuer, Instant made) {
        var title = what + ", with all that is needed to check it without the internet";
        return """
                %s
                %s

                It was issued by %s, and packed on %s.

                %s  issuer.json      the public keys of the issuer, as it published them that day
                  status.json      the issuer's list of revoked credentials, signed that day
                  published/       the vocabularies and the schemas that it is written in, as published
                  excerpts/        parts of those that could not be fetched: the terms used here
                  manifest.json    where each file is from, with its SHA-256 digest, and what is missing

                Where there are several lists, or names of the issuer, the further ones are numbered.

                HOW TO CHECK IT

                1. If the address in "issuer" still answers, ask there and at the addresses in
                   manifest.json: the issuer's own word counts, and this pack does not.
                   With Cairn:  cairn verify credential.pack.zip
                2. Otherwise, with any library for W3C Verifiable Credentials: verify credential.json, and
                   give it the files of this pack wherever it asks for an address. If there is a
                   credential.jwt, any library for JSON Web Tokens does: take from issuer.json the key
                   whose "id" is the "kid" in the token's header, and verify the token with it.
                3. Each credential names its list and its bit there ("statusListCredential", which
                   manifest.json has the file of, and "statusListIndex"). It is revoked if that bit is
                   set: base64url-decode "encodedList" without its first letter, un-gzip it, and count
                   bits from the left.

                WHAT THAT PROVES

                Whoever makes a pack can put any keys into issuer.json. With these files alone you
                know that all of them fit together, and what they said on %s. That the keys
                were the issuer's you have to know from elsewhere: from a copy of issuer.json in an
                archive of the web, from other credentials of the same issuer, or from the issuer.
                What has been revoked since then is not in here.
                """.formatted(
                        title,
                        "=".repeat(title.length()),
                        issuer.name(),
                        made.toString().substring(0, 10),
                        signed,
                        made.toString().substring(0, 10));
    }
}
