package org.cairn.openbadges.backpack;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.cairn.AppId;
import org.cairn.LearnerId;
import org.cairn.Sha256;
import org.cairn.TenantId;
import org.cairn.db.Text;
import org.cairn.openbadges.CredentialJson;

/**
 * A credential of somebody else's that a learner's app brought here, and that stood when it did. That it is about her nobody has checked.
 *
 * @param id the digest of its issuer and its id: with the same two it is the same credential (Open Badges 3.0 §10)
 * @param name what its achievement is called
 * @param issuer who signed it, by name where it says one
 * @param isToken whether it is a VC-JWT, and else JSON with a proof
 * @param appName what the app that brought it called itself
 */
public record Brought(
        TenantId tenant,
        LearnerId learner,
        String id,
        String name,
        String issuer,
        boolean isToken,
        Instant validFrom,
        AppId app,
        String appName,
        Instant broughtAt) {

    private static final int LONGEST = 200;

    /** {@code credential} is what was signed. Throws IllegalArgumentException where it does not say what a credential says. */
    public static Brought of(Connection connection, App app, JsonNode credential, boolean isToken, Instant now) {
        var signer = CredentialJson.issuer(credential);
        var id = credential.path("id").asText();
        if (signer.isEmpty() || id.isEmpty()) {
            throw new IllegalArgumentException("It has no id, or no issuer.");
        }
        return new Brought(
                connection.tenant(),
                connection.learner(),
                Sha256.hex(signer + "\n" + id),
                line(credential.at("/credentialSubject/achievement/name").asText(), "Credential"),
                line(credential.at("/issuer/name").asText(), signer),
                isToken,
                instant(credential.path("validFrom").asText()),
                app.id(),
                app.name(),
                now);
    }

    private static String line(String text, String otherwise) {
        var line = text.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}\\s]+", " ").strip();
        return line.isEmpty() ? Text.cut(otherwise.replaceAll("\\p{C}", ""), LONGEST) : Text.cut(line, LONGEST);
    }

    private static Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("It does not say from when it is valid.", e);
        }
    }
}
