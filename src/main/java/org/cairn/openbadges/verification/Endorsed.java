package org.cairn.openbadges.verification;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.cairn.openbadges.verification.Verification.Check;
import org.cairn.openbadges.verification.Verification.Verdict;

/**
 * An endorsement inside a credential, and what it has to be about (Open Badges 3.0 §8.5, endorsement and endorsementJwt).
 *
 * @param signed a VC-JWT as text, or JSON that should carry its proof
 * @param about the id of what carries it; empty where that has none
 */
record Endorsed(JsonNode signed, String about) {

    /** More of them in one credential are not looked at. */
    private static final int MOST = 20;

    /** Those of the credential, of its achievement and of its issuer, in this order. */
    static List<Endorsed> list(JsonNode credential) {
        var found = new ArrayList<Endorsed>();
        for (var carrier : List.of(
                credential, credential.path("credentialSubject").path("achievement"), credential.path("issuer"))) {
            add(carrier, "endorsement", found);
            add(carrier, "endorsementJwt", found);
        }
        return found.subList(0, Math.min(found.size(), MOST));
    }

    private static void add(JsonNode carrier, String member, List<Endorsed> found) {
        var signed = carrier.path(member);
        for (var one : signed.isArray() ? signed : List.of(signed)) {
            if (!one.isMissingNode()) {
                found.add(new Endorsed(one, carrier.path("id").asText()));
            }
        }
    }

    /** What was found of it as a credential, and whether it is an endorsement of what carries it. */
    Verification judged(Verification found) {
        var credential = found.credential();
        if (credential == null) {
            return found;
        }
        boolean isOfThis = EndorsementClaims.isOf(credential, about);
        var checks = new ArrayList<>(found.checks());
        checks.add(new Check(
                "subject",
                isOfThis,
                isOfThis ? "It endorses what carries it." : "It is no endorsement, or one of something else."));
        return new Verification(
                found.isValid() && !isOfThis ? Verdict.ABOUT_ANOTHER : found.verdict(),
                checks,
                credential,
                List.of(),
                List.of());
    }
}
