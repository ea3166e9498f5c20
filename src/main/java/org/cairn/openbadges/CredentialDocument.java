package org.cairn.openbadges;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.cairn.CredentialId;

/** Writes an Open Badges 3.0 credential with the claims that its VC-JWT repeats. Uses only terms that the two contexts define. */
public final class CredentialDocument {

    public static final String SCHEMA =
            "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json";

    private static final Set<String> CLAIMS = Set.of("iss", "jti", "sub", "nbf", "exp", "iat");

    private final Addresses addresses;

    private final ObjectNode vocabulary;

    CredentialDocument(Addresses addresses) {
        this.addresses = addresses;
        this.vocabulary = Vocabulary.of(addresses);
    }

    /** The payload of the VC-JWT: the credential, and iss, jti, sub, nbf and exp (Open Badges 3.0 §8.2.4). */
    ObjectNode payload(Issuance issuance, CredentialId id, Credential.StatusEntry status, Instant now) {
        // JWT dates are whole seconds, and nbf has to equal validFrom.
        var validFrom = now.truncatedTo(ChronoUnit.SECONDS);
        var wallet = issuance.recipient().wallet();
        var subject = wallet == null ? "urn:uuid:" + UUID.randomUUID() : wallet;
        var issuer = addresses.name(issuance.issuer());
        var json = JsonNodeFactory.instance.objectNode();
        json.putArray("@context").add(Contexts.CREDENTIALS).add(Contexts.BADGES).add(vocabulary);
        json.put("id", addresses.credential(id));
        json.putArray("type").add("VerifiableCredential").add("OpenBadgeCredential");
        json.put("name", issuance.badge().name());
        json.set("issuer", issuer(issuance.issuer()));
        json.put("validFrom", validFrom.toString());
        if (issuance.validUntil() != null) {
            end(json, issuance.validUntil());
        }
        json.put(
                "awardedDate",
                issuance.awardedAt().truncatedTo(ChronoUnit.SECONDS).toString());
        json.set("credentialSubject", subject(issuance, subject));
        if (issuance.proof() != null) {
            evidence(issuance.proof(), issuance.awardedAt(), json.putArray("evidence"));
        }
        json.set("credentialStatus", status(issuance.issuer(), status));
        json.putObject("credentialSchema").put("id", SCHEMA).put("type", Vocabulary.SCHEMA);
        json.putObject("refreshService")
                .put("id", addresses.newest(id, subject))
                .put("type", Vocabulary.REFRESH);
        json.put("iss", issuer);
        json.put("jti", addresses.credential(id));
        json.put("sub", subject);
        json.put("nbf", validFrom.getEpochSecond());
        return json;
    }

    /**
     * The same credential, to be signed anew. Of two with one issuer and id, the one with the newer validFrom holds (Open Badges 3.0, credential
     * equality and comparison), so it is later by a second at least.
     */
    static ObjectNode reissued(ObjectNode payload, Instant now) {
        long before = payload.get("nbf").longValue();
        var validFrom = Instant.ofEpochSecond(Math.max(now.getEpochSecond(), before + 1));
        var json = payload.deepCopy();
        json.put("validFrom", validFrom.toString());
        json.put("nbf", validFrom.getEpochSecond());
        return json;
    }

    /** The same, with this end; at the soonest as it begins. */
    static ObjectNode ending(ObjectNode payload, Instant validUntil, Instant now) {
        var json = reissued(payload, now);
        var validFrom = Instant.ofEpochSecond(json.get("nbf").longValue());
        end(json, validUntil.isBefore(validFrom) ? validFrom : validUntil);
        return json;
    }

    /** The same, without an end. */
    static ObjectNode endless(ObjectNode payload, Instant now) {
        return reissued(payload, now).without(List.of("validUntil", "exp"));
    }

    /** Whether it does not hold beyond this instant. */
    static boolean endsBy(ObjectNode payload, Instant instant) {
        return payload.has("exp") && payload.get("exp").longValue() <= instant.getEpochSecond();
    }

    /** The same, of a learner who is called otherwise now. */
    static ObjectNode naming(ObjectNode payload, String name, Instant now) {
        var json = reissued(payload, now);
        ((ObjectNode) json.get("credentialSubject")).set("identifier", identifier(name));
        return json;
    }

    /** The same, by the name that its issuer has now and at the addresses of now. */
    ObjectNode renewed(ObjectNode payload, IssuerProfile issuer, Credential.StatusEntry status, Instant now) {
        var json = reissued(payload, now);
        var id = URI.create(json.get("id").textValue());
        move(json, "%s://%s/".formatted(id.getScheme(), id.getAuthority()), addresses.publicUrl() + "/");
        var name = addresses.name(issuer);
        ((ObjectNode) json.get("issuer")).put("id", name);
        json.put("iss", name);
        json.set("credentialStatus", status(issuer, status));
        return json;
    }

    private static void move(JsonNode json, String from, String to) {
        if (from.equals(to)) {
            return;
        }
        for (var member : json.properties()) {
            member.setValue(moved(member.getValue(), from, to));
        }
        if (json instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, moved(array.get(i), from, to));
            }
        }
    }

    private static JsonNode moved(JsonNode value, String from, String to) {
        move(value, from, to);
        return value.isTextual() && value.textValue().startsWith(from)
                ? TextNode.valueOf(to + value.textValue().substring(from.length()))
                : value;
    }

    /** The credential that a VC-JWT's payload is, without the claims that only repeat it. */
    public static ObjectNode bare(ObjectNode payload) {
        return payload.deepCopy().without(CLAIMS);
    }

    static void end(ObjectNode json, Instant validUntil) {
        json.put("validUntil", validUntil.truncatedTo(ChronoUnit.SECONDS).toString());
        json.put("exp", validUntil.getEpochSecond());
    }

    /** The profile of who signs, as it stands in what is signed. */
    ObjectNode issuer(IssuerProfile profile) {
        var json = typed(addresses.name(profile), "Profile");
        json.put("name", profile.name());
        if (profile.url() != null) {
            json.put("url", profile.url());
        }
        if (profile.email() != null) {
            json.put("email", profile.email());
        }
        if (profile.country() != null) {
            json.putObject("address")
                    .put("addressCountryCode", profile.country())
                    .putArray("type")
                    .add("Address");
        }
        return json;
    }

    private ObjectNode subject(Issuance issuance, String subject) {
        var json = typed(subject, "AchievementSubject");
        if (issuance.recipient().name() != null) {
            json.set("identifier", identifier(issuance.recipient().name()));
        }
        var achievement = achievement(issuance);
        json.set("achievement", achievement);
        if (issuance.badge().credits() != null) {
            json.set("creditsEarned", Vocabulary.plain(issuance.badge().credits()));
        }
        if (!issuance.results().isEmpty()) {
            results(issuance, achievement, json.putArray("result"));
        }
        return json;
    }

    // The schema takes no list of types here.
    private static ArrayNode identifier(String name) {
        var identifier = JsonNodeFactory.instance.arrayNode();
        identifier
                .addObject()
                .put("type", "IdentityObject")
                .put("hashed", false)
                .put("identityHash", name)
                .put("identityType", "name");
        return identifier;
    }

    private ObjectNode achievement(Issuance issuance) {
        var badge = issuance.badge();
        var tenant = issuance.issuer().tenant();
        var json = typed(addresses.achievement(tenant, badge.id(), badge.version()), "Achievement");
        json.put("achievementType", badge.type());
        json.put("name", badge.name());
        json.put("description", badge.description());
        json.put("inLanguage", badge.particulars().language());
        json.put("version", String.valueOf(badge.version()));
        // The schema takes no list of types here.
        json.putObject("image")
                .put("id", addresses.image(tenant, badge.id(), badge.version()))
                .put("type", "Image")
                .put("caption", "The badge of " + badge.name());
        json.putObject("criteria").put("narrative", issuance.criteria());
        if (badge.credits() != null) {
            json.set("creditsAvailable", Vocabulary.plain(badge.credits()));
        }
        Vocabulary.describe(badge, json);
        badge.particulars().tags().forEach(tag -> json.withArray("tag").add(tag));
        if (badge.level() != null) {
            alignToLevel(badge.level(), json.withArray("alignment").addObject());
        }
        badge.particulars()
                .skills()
                .forEach(skill -> align(skill, json.withArray("alignment").addObject()));
        if (!issuance.related().isEmpty()) {
            var related = json.putArray("related");
            issuance.related()
                    .forEach(part ->
                            related.add(typed(addresses.achievement(tenant, part.id(), part.version()), "Related")));
        }
        return json;
    }

    private static void alignToLevel(int level, ObjectNode json) {
        json.putArray("type").add("Alignment");
        json.put("targetName", "EQF level " + level);
        json.put("targetFramework", "European Qualifications Framework");
        json.put("targetUrl", "http://data.europa.eu/snb/eqf/" + level);
    }

    private static void align(Particulars.Skill skill, ObjectNode json) {
        json.putArray("type").add("Alignment");
        json.put("targetName", skill.name());
        json.put("targetUrl", skill.url());
        if (skill.framework() != null) {
            json.put("targetFramework", skill.framework());
        }
        if (skill.code() != null) {
            json.put("targetCode", skill.code());
        }
    }

    // Every value of a result is a text (Open Badges 3.0 §B.1.26).
    private static void results(Issuance issuance, ObjectNode achievement, ArrayNode results) {
        var descriptions = achievement.putArray("resultDescription");
        for (var result : issuance.results()) {
            var description = typed("urn:uuid:" + UUID.randomUUID(), "ResultDescription");
            description.put("name", result.name());
            description.put("resultType", "RawScore");
            description.put("valueMin", "0");
            description.put("valueMax", result.maximum().toPlainString());
            if (result.required() != null) {
                description.put("requiredValue", result.required().toPlainString());
            }
            descriptions.add(description);
            var json = results.addObject();
            json.putArray("type").add("Result");
            json.put("resultDescription", description.get("id").textValue());
            json.put("value", result.score().toPlainString());
        }
    }

    private static void evidence(Issuance.Proof proof, Instant awardedAt, ArrayNode evidence) {
        var json = evidence.addObject();
        json.putArray("type").add("Evidence");
        json.put("name", "How it was earned");
        json.put("narrative", proof.narrative());
        json.set(Vocabulary.EVALUATION, Vocabulary.evaluation(proof, awardedAt));
    }

    ObjectNode status(IssuerProfile issuer, Credential.StatusEntry status) {
        var list = addresses.statusList(issuer.id(), addresses.name(issuer), status.list());
        var json = JsonNodeFactory.instance.objectNode();
        json.put("id", list + "#" + status.index());
        json.put("type", "BitstringStatusListEntry");
        json.put("statusPurpose", "revocation");
        json.put("statusListIndex", String.valueOf(status.index()));
        json.put("statusListCredential", list);
        return json;
    }

    static ObjectNode typed(String id, String type) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("id", id);
        json.putArray("type").add(type);
        return json;
    }
}
