package org.cairn.openbadges.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import org.cairn.Problem;
import org.cairn.openbadges.Jws;
import org.cairn.openbadges.verification.VerificationKey;

/** A wallet's proof that it has a key (OpenID4VCI 1.0 App. F.1, the proof type {@code jwt}): made for us, just now, with ES256 or EdDSA. */
public final class KeyProof {

    private static final Duration AGE = Duration.ofMinutes(10);
    private static final Duration SKEW = Duration.ofMinutes(2);

    private final String audience;
    private final Nonces nonces;

    /** {@code audience} is what we are called as an issuer. */
    public KeyProof(String audience, Nonces nonces) {
        this.audience = audience;
        this.nonces = nonces;
    }

    /**
     * The DID of the key that this proves.
     *
     * @throws Problem MALFORMED with the code {@code invalid_nonce} where the nonce is none of ours or too old, and {@code invalid_proof} where
     *     anything else is wrong (§8.3.1.2)
     */
    public String holder(String proof, Instant now) {
        try {
            var jws = Jws.parse(proof);
            require(jws.header().path("typ").asText().equals("openid4vci-proof+jwt"), "The typ is another.");
            require(!jws.header().has("crit"), "Nothing that has to be understood beside the key is.");
            var key = HolderKey.of(jws.header());
            require(isSigned(jws, key.key()), "The signature is not of the key that the header names.");
            require(isForUs(jws.payload().path("aud")), "The aud is not this issuer.");
            require(isNew(jws.payload().path("iat"), now), "The iat is not of the last minutes.");
            require(jws.payload().path("nonce").isTextual(), "The nonce is missing.");
            if (!nonces.isGood(jws.payload().path("nonce").textValue(), now)) {
                throw new Problem(
                        Problem.Kind.MALFORMED, "invalid_nonce", "The nonce is not of this issuer, or too old.");
            }
            return key.did();
        } catch (IllegalArgumentException e) {
            throw new Problem(
                    Problem.Kind.MALFORMED,
                    "invalid_proof",
                    "The proof is no JWT of the type openid4vci-proof+jwt by a key of P-256 (ES256) or Ed25519 (EdDSA), made for this issuer just now.",
                    String.valueOf(e.getMessage()));
        }
    }

    private static boolean isSigned(Jws jws, VerificationKey key) {
        return switch (key) {
            case VerificationKey.ForTokens(var curve) -> jws.isSignedBy(curve);
            case VerificationKey.Edwards(var raw) -> jws.isSignedBy(raw);
        };
    }

    private boolean isForUs(JsonNode aud) {
        return aud.asText().equals(audience)
                || (aud.isArray() && aud.size() == 1 && aud.get(0).asText().equals(audience));
    }

    private static boolean isNew(JsonNode iat, Instant now) {
        // Of what is no number it is 1970, which is too old.
        long made = iat.longValue();
        return iat.canConvertToLong()
                && made >= now.minus(AGE).getEpochSecond()
                && made <= now.plus(SKEW).getEpochSecond();
    }

    private static void require(boolean isRight, String wrong) {
        if (!isRight) {
            throw new IllegalArgumentException(wrong);
        }
    }
}
