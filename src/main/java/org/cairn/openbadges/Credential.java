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
 * @param told what it tells
 * @param wallet the DID of the wallet whose key it is bound to; null for the forms that are bound to none
 * @param jwt the compact VC-JWT
 * @param issuedAs what that calls its issuer
 * @param signedBy the id of the key that signed it
 * @param proved the same as JSON with a Data Integrity proof; null until somebody asks for it
 * @param shownSince since when its public page shows it; null while the learner does not want that
 * @param revokedAt null while it stands
 */
public record Credential(
        CredentialId id,
        TenantId tenant,
        IssuerId issuer,
        AwardId award,
        LearnerId learner,
        Disclosure told,
        @Nullable String wallet,
        String jwt,
        String issuedAs,
        String signedBy,
        @Nullable String proved,
        StatusEntry status,
        Instant issuedAt,
        @Nullable Instant shownSince,
        @Nullable Instant revokedAt) {

    public boolean isShown() {
        return shownSince != null;
    }

    /** Whether this is the form that was made with the award. */
    public boolean isUsual() {
        return wallet == null && told.equals(Disclosure.USUAL);
    }

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
        return with(told, jwt, issuedAs, signedBy, null);
    }

    /** The same, of a learner who is called that, to be signed anew. */
    Credential naming(String name) {
        return with(told.naming(name), jwt, issuedAs, signedBy, proved);
    }

    Credential provedBy(String proved) {
        return with(told, jwt, issuedAs, signedBy, proved);
    }

    private Credential with(Disclosure told, String jwt, String issuedAs, String signedBy, @Nullable String proved) {
        return new Credential(
                id,
                tenant,
                issuer,
                award,
                learner,
                told,
                wallet,
                jwt,
                issuedAs,
                signedBy,
                proved,
                status,
                issuedAt,
                shownSince,
                revokedAt);
    }

    /** A credential's bit in its issuer's status lists. */
    public record StatusEntry(int list, int index) {}
}
