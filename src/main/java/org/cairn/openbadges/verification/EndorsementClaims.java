package org.cairn.openbadges.verification;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.cairn.openbadges.CredentialJson;

/** What an EndorsementCredential says (Open Badges 3.0 §B.1.8). */
public final class EndorsementClaims {

    private EndorsementClaims() {}

    /** Whether it is an endorsement, and what it endorses has this id, which is not empty. */
    public static boolean isOf(JsonNode credential, String id) {
        return !id.isEmpty()
                && id.equals(credential.path("credentialSubject").path("id").asText())
                && is(credential, "EndorsementCredential")
                && is(credential.path("credentialSubject"), "EndorsementSubject");
    }

    /** The id of who signed it; empty where it names none. */
    public static String endorser(JsonNode credential) {
        return CredentialJson.issuer(credential);
    }

    private static boolean is(JsonNode json, String type) {
        var types = json.path("type");
        for (var one : types.isArray() ? types : List.of(types)) {
            if (one.asText().equals(type)) {
                return true;
            }
        }
        return false;
    }
}
