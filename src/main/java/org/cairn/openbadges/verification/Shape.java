package org.cairn.openbadges.verification;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.cairn.openbadges.Contexts;
import org.cairn.openbadges.CredentialDocument;
import org.cairn.openbadges.verification.Verification.Check;

/**
 * Whether a credential has the parts and the forms that Open Badges 3.0 and CLR 2.0 require: by our own reading, which needs nobody, and by
 * the published JSON Schema where that is to be had.
 */
final class Shape {

    private static final Pattern BADGES =
            Pattern.compile("https://purl\\.imsglobal\\.org/spec/ob/v3p0/context(-\\d\\.\\d\\.\\d)?\\.json");
    private static final Pattern RECORDS =
            Pattern.compile("https://purl\\.imsglobal\\.org/spec/clr/v2p0/context(-\\d\\.\\d\\.\\d)?\\.json");
    private static final Set<String> BADGE = Set.of("OpenBadgeCredential", "AchievementCredential");

    private final ObjectNode credential;
    private final List<String> faults = new ArrayList<>();

    private Shape(ObjectNode credential) {
        this.credential = credential;
    }

    /** By our own reading alone. */
    static Check check(ObjectNode credential) {
        var fault = new Shape(credential).fault();
        return fault.isEmpty()
                ? new Check("schema", true, "It has the parts and forms that its standard requires.")
                : new Check("schema", false, fault.get());
    }

    /** Also by the published schema. */
    static Check check(ObjectNode credential, Standards standards) {
        var own = check(credential);
        if (!own.isPassed()) {
            return own;
        }
        var schema = standards.schema(schema(credential));
        if (schema.isEmpty()) {
            return new Check(
                    "schema",
                    null,
                    "It has the parts that its standard requires; the published schema could not be fetched to compare the rest.");
        }
        var wrong = schema.get().validate(CredentialDocument.bare(credential));
        return wrong.isEmpty()
                ? new Check("schema", true, "It is as the published JSON Schema of its standard asks.")
                : new Check(
                        "schema",
                        false,
                        "It is not as the published JSON Schema of its standard asks: "
                                + wrong.iterator().next().getMessage());
    }

    private static String schema(ObjectNode credential) {
        if (is(credential, "ClrCredential")) {
            return Standards.RECORD_SCHEMA;
        }
        return is(credential, "EndorsementCredential") ? Standards.ENDORSEMENT_SCHEMA : Standards.BADGE_SCHEMA;
    }

    private Optional<String> fault() {
        required(credential, "", "id", "issuer", "validFrom", "credentialSubject");
        require(is(credential, "VerifiableCredential"), "type does not say VerifiableCredential");
        dates();
        address("id", credential.path("id"));
        address(
                "issuer",
                credential.path("issuer").isTextual()
                        ? credential.path("issuer")
                        : credential.path("issuer").path("id"));
        var status = credential.path("credentialStatus");
        // Open Badges 3.0's schema has room for one.
        require(status.isMissingNode() || status.isObject(), "credentialStatus is not one object");
        var subject = credential.path("credentialSubject");
        if (is(credential, "ClrCredential")) {
            contexts(RECORDS);
            record(subject);
        } else if (is(credential, "EndorsementCredential")) {
            contexts(BADGES);
        } else if (BADGE.stream().anyMatch(type -> is(credential, type))) {
            contexts(BADGES);
            badge(subject);
        } else {
            faults.add("it is neither an Open Badge nor an endorsement nor a record (CLR)");
        }
        return faults.stream().findFirst().map("It is not as its standard requires: %s."::formatted);
    }

    private void contexts(Pattern second) {
        var contexts = credential.path("@context");
        require(
                contexts.path(0).asText().equals(Contexts.CREDENTIALS)
                        && second.matcher(contexts.path(1).asText()).matches(),
                "@context does not name its two vocabularies first and in order");
    }

    private void dates() {
        try {
            var from = OffsetDateTime.parse(credential.path("validFrom").asText());
            require(
                    !credential.has("validUntil")
                            || !OffsetDateTime.parse(
                                            credential.path("validUntil").asText())
                                    .isBefore(from),
                    "it ends before it begins");
        } catch (DateTimeException e) {
            faults.add("validFrom and validUntil are not moments with a time zone");
        }
    }

    private void badge(JsonNode subject) {
        require(is(subject, "AchievementSubject"), "credentialSubject is not of type AchievementSubject");
        require(
                subject.has("id") || subject.path("identifier").size() > 0,
                "credentialSubject says neither id nor identifier");
        var achievement = subject.path("achievement");
        achievement(achievement);
        each(subject.path("result"), "credentialSubject.result", "type");
    }

    private void achievement(JsonNode achievement) {
        required(achievement, "credentialSubject.achievement.", "id", "type", "name", "description", "criteria");
        require(is(achievement, "Achievement"), "credentialSubject.achievement is not of type Achievement");
        var criteria = achievement.path("criteria");
        require(
                criteria.path("id").isTextual() || criteria.path("narrative").isTextual(),
                "credentialSubject.achievement.criteria says neither id nor narrative");
        each(achievement.path("resultDescription"), "resultDescription", "id", "type", "name", "resultType");
        each(achievement.path("alignment"), "alignment", "type", "targetName", "targetUrl");
        each(achievement.path("related"), "related", "id", "type");
    }

    private void record(JsonNode subject) {
        required(credential, "", "name");
        require(is(subject, "ClrSubject"), "credentialSubject is not of type ClrSubject");
        require(subject.path("verifiableCredential").size() > 0, "credentialSubject holds no credential");
        each(subject.path("association"), "association", "type", "associationType", "sourceId", "targetId");
    }

    private void each(JsonNode items, String where, String... members) {
        for (var item : items.isObject() ? List.of(items) : items) {
            required(item, where + ".", members);
        }
    }

    private void required(JsonNode object, String where, String... members) {
        for (var member : members) {
            var value = object.path(member);
            boolean isEmpty = value.isTextual() && value.textValue().isBlank();
            require(!value.isMissingNode() && !value.isNull() && !isEmpty, where + member + " is missing");
        }
    }

    private void address(String member, JsonNode value) {
        require(value.asText().matches("[A-Za-z][A-Za-z0-9+.-]*:\\S+"), member + " is no address");
    }

    private void require(boolean holds, String fault) {
        if (!holds) {
            faults.add(fault);
        }
    }

    private static boolean is(JsonNode json, String type) {
        var types = json.path("type");
        if (types.isTextual()) {
            return types.textValue().equals(type);
        }
        for (var one : types) {
            if (one.asText().equals(type)) {
                return true;
            }
        }
        return false;
    }
}
