package org.cairn.openbadges.verification;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import org.cairn.openbadges.CredentialJson;
import org.cairn.openbadges.verification.Verification.Check;

/** What a VC-JWT claims beside its credential, which has to be what the credential says (Open Badges 3.0 §8.2.4.2). */
record Claims(ObjectNode payload) {

    Check check() {
        boolean agree = isSame(payload.path("iss"), CredentialJson.issuer(payload))
                && isSame(payload.path("jti"), payload.path("id").asText())
                && isSame(
                        payload.path("sub"),
                        payload.path("credentialSubject").path("id").asText())
                && isMoment(payload.path("nbf"), payload.path("validFrom"))
                && (payload.has("validUntil") == payload.has("exp"))
                && (!payload.has("exp") || isMoment(payload.path("exp"), payload.path("validUntil")))
                && !payload.has("vc");
        return agree
                ? new Check("claims", true, "What its token claims is what the credential says.")
                : new Check(
                        "claims",
                        false,
                        "What its token claims (iss, jti, sub, nbf, exp) is not what the credential says.");
    }

    private static boolean isSame(JsonNode claim, String said) {
        return said.isEmpty()
                ? claim.isMissingNode()
                : claim.isTextual() && claim.textValue().equals(said);
    }

    private static boolean isMoment(JsonNode claim, JsonNode said) {
        try {
            return claim.isIntegralNumber()
                    && claim.longValue() == OffsetDateTime.parse(said.asText()).toEpochSecond();
        } catch (DateTimeException e) {
            return false;
        }
    }
}
