package org.cairn.openbadges;

import org.cairn.AchievementId;
import org.cairn.CredentialId;
import org.cairn.IssuerId;
import org.cairn.TenantId;

/** The public addresses that credentials carry. They stay in what was signed for ever, so the public URL never changes. */
public record Addresses(String publicUrl) {

    /** {@code publicUrl} has a scheme and a host and no slash at its end. */
    public Addresses {
        if (publicUrl.endsWith("/")) {
            throw new IllegalArgumentException("A public URL has no slash at its end.");
        }
    }

    public String issuer(IssuerId issuer) {
        return publicUrl + "/issuers/" + issuer;
    }

    public String key(IssuerId issuer, String kid) {
        return issuer(issuer) + "#" + kid;
    }

    public String statusList(IssuerId issuer, int list) {
        return issuer(issuer) + "/status/" + list;
    }

    public String credential(CredentialId credential) {
        return publicUrl + "/credentials/" + credential;
    }

    public String verification(CredentialId credential) {
        return publicUrl + "/verify/" + credential;
    }

    /** The picture of an achievement, as a PNG: not every wallet draws SVG. */
    public String image(TenantId tenant, AchievementId achievement, int version) {
        return achievement(tenant, achievement, version) + "/image.png";
    }

    /** Where our own terms are explained; a term's name follows. */
    public String vocabulary() {
        return publicUrl + "/vocabulary#";
    }

    public String achievement(TenantId tenant, AchievementId achievement, int version) {
        return publicUrl + "/achievements/" + tenant + "/" + achievement + "/" + version;
    }
}
