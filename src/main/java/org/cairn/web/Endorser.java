package org.cairn.web;

import org.cairn.TenantId;
import org.cairn.catalog.Endorsement;
import org.cairn.openbadges.verification.Verification;
import org.jspecify.annotations.Nullable;

/**
 * Who endorses something, as a page shows it.
 *
 * @param note what was found, or when
 * @param style of the check: passed, unknown or failed
 * @param signed the address of the signed text; null where it stands in the credential itself
 */
public record Endorser(
        String name,
        String comment,
        String note,
        String style,
        @Nullable String signed) {

    public String sign() {
        return switch (style) {
            case "passed" -> "✓";
            case "unknown" -> "?";
            default -> "✕";
        };
    }

    /** Of an institution's partner, taken in here. */
    static Endorser of(TenantId tenant, Endorsement endorsement) {
        var signed = "/achievements/%s/%s/%s/endorsements/%s"
                .formatted(tenant, endorsement.achievement(), endorsement.version(), endorsement.id());
        var day = endorsement.validAt().toString().substring(0, 10);
        return new Endorser(endorsement.endorser(), endorsement.comment(), "Checked on " + day + ".", "passed", signed);
    }

    /** Inside a credential, checked just now. */
    static Endorser of(Verification verification) {
        var json = verification.credential();
        var meaning = json == null ? null : Meaning.of(json);
        var comment = json == null ? "" : Meaning.text(json.path("credentialSubject"), "endorsementComment");
        var style = switch (verification.verdict()) {
            case VALID -> "passed";
            case UNCHECKED -> "unknown";
            default -> "failed";
        };
        return new Endorser(
                meaning == null ? "Somebody" : meaning.issuer(),
                comment,
                verification.verdict().sentence(),
                style,
                null);
    }
}
