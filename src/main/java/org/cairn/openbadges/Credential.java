package org.cairn.openbadges;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.cairn.AwardId;
import org.cairn.CredentialId;
import org.cairn.IssuerId;
import org.cairn.LearnerId;
import org.cairn.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * A signed form of an award.
 *
 * @param withGrade whether it tells the grades
 * @param shownName what its public page calls the learner; null while she does not want to be named
 * @param jwt the compact VC-JWT
 * @param issuedAs what that calls its issuer
 * @param signedBy the id of the key that signed it
 * @param proved the same as JSON with a Data Integrity proof; null until somebody asks for it
 * @param revokedAt null while it stands
 */
public record Credential(
        CredentialId id,
        TenantId tenant,
        IssuerId issuer,
        AwardId award,
        LearnerId learner,
        boolean withGrade,
        @Nullable String shownName,
        String jwt,
        String issuedAs,
        String signedBy,
        @Nullable String proved,
        StatusEntry status,
        Instant issuedAt,
        @Nullable Instant revokedAt) {

    /** From when its newest signed text is valid. */
    public Instant validFrom() {
        return Instant.parse(payload().path("validFrom").asText());
    }

    /** What was signed. */
    public ObjectNode document() {
        return CredentialDocument.bare(payload());
    }

    ObjectNode payload() {
        return (ObjectNode) Jws.parse(jwt).payload();
    }

    /** The same, signed anew. */
    Credential signed(String jwt, String issuedAs, String signedBy) {
        return new Credential(
                id, tenant, issuer, award, learner, withGrade, shownName, jwt, issuedAs, signedBy, null, status,
                issuedAt, revokedAt);
    }

    Credential provedBy(String proved) {
        return new Credential(
                id, tenant, issuer, award, learner, withGrade, shownName, jwt, issuedAs, signedBy, proved, status,
                issuedAt, revokedAt);
    }

    /** A credential's bit in its issuer's status lists. */
    public record StatusEntry(int list, int index) {}
}
