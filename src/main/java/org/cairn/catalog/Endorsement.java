package org.cairn.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.cairn.AchievementId;
import org.cairn.TenantId;
import org.cairn.db.Text;
import org.cairn.openbadges.CredentialJson;
import org.cairn.openbadges.verification.Verification.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * A partner's endorsement of one version of an achievement.
 *
 * @param signed the text as the partner signed it: a VC-JWT, or JSON with a proof
 * @param credential what is signed
 * @param verdict what was found when it was last looked at
 * @param validAt when it was last found valid
 */
public record Endorsement(
        UUID id,
        TenantId tenant,
        AchievementId achievement,
        int version,
        String signed,
        JsonNode credential,
        Instant takenAt,
        Verdict verdict,
        Instant checkedAt,
        Instant validAt,
        @Nullable Instant withdrawnAt) {

    /** How long it is believed when the partner's keys or list of revoked ones cannot be read. */
    private static final Duration PATIENCE = Duration.ofDays(30);

    /** Whether it stands, as far as is known. */
    public boolean stands(Instant at) {
        boolean isBelieved =
                verdict == Verdict.VALID || (verdict == Verdict.UNCHECKED && at.isBefore(validAt.plus(PATIENCE)));
        return withdrawnAt == null && isBelieved && !isOver(at);
    }

    /** Who endorses, by name or else by id. */
    public String endorser() {
        var name = credential.path("issuer").path("name").asText("");
        return Text.cut(name.isBlank() ? CredentialJson.issuer(credential) : name, 255);
    }

    /** Why; empty where nothing is said. */
    public String comment() {
        return Text.cut(
                credential.path("credentialSubject").path("endorsementComment").asText(""), 2000);
    }

    private boolean isOver(Instant at) {
        var end = credential.path("validUntil").asText("");
        return !end.isEmpty() && !at.isBefore(OffsetDateTime.parse(end).toInstant());
    }
}
