package org.cairn.openbadges.certificate;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.cairn.openbadges.image.Badge;
import org.jspecify.annotations.Nullable;

/**
 * What a certificate says: what was signed, and beside it only what the signed text has no place for.
 *
 * @param credential what was signed
 * @param jwt the signed text, which goes with it as an attachment
 * @param holder what the learner wants to be called; null while she does not want to be named
 * @param outcomes what who holds it can do
 * @param verification the address at which anybody can check it
 * @param signedAt when it was signed
 * @param zone whose calendar the dates are of
 */
public record Certificate(
        JsonNode credential,
        String jwt,
        @Nullable String holder,
        Badge badge,
        List<String> outcomes,
        String verification,
        Instant signedAt,
        ZoneId zone) {

    /** Something that is said of it, in a word and a few: level, credits, dates. */
    record Fact(String name, String value) {}

    /** A grade that the learner shares. */
    record Grade(String name, String value) {}

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);

    public Certificate {
        outcomes = List.copyOf(outcomes);
    }

    String name() {
        return text(achievement(), "name");
    }

    String description() {
        return text(achievement(), "description");
    }

    String issuer() {
        return text(credential.path("issuer"), "name");
    }

    /** Markdown. */
    String criteria() {
        return achievement().path("criteria").path("narrative").asText();
    }

    /** How it was met, or nothing. */
    List<String> evidence() {
        var evidence = new ArrayList<String>();
        credential.path("evidence").forEach(one -> evidence.add(text(one, "narrative")));
        evidence.removeIf(String::isBlank);
        return evidence;
    }

    /** The title of the document: what was awarded, and to whom where she says it. */
    String title() {
        return holder == null ? name() : name() + " – " + holder;
    }

    /** A language tag (BCP 47). */
    String language() {
        return achievement().path("inLanguage").asText("en");
    }

    List<Fact> facts() {
        var facts = new ArrayList<Fact>();
        for (var one : achievement().path("alignment")) {
            if (one.path("targetUrl").asText().startsWith("http://data.europa.eu/snb/eqf/")) {
                facts.add(new Fact("Level", text(one, "targetName")));
            }
        }
        if (achievement().has("creditsAvailable")) {
            facts.add(new Fact("Credits", achievement().path("creditsAvailable").asText()));
        }
        facts.add(new Fact("Awarded", day(text(credential, "awardedDate"))));
        if (credential.has("validUntil")) {
            facts.add(new Fact("Valid until", day(text(credential, "validUntil"))));
        }
        return facts;
    }

    List<Grade> grades() {
        var grades = new ArrayList<Grade>();
        for (var result : subject().path("result")) {
            for (var described : achievement().path("resultDescription")) {
                if (described.path("id").equals(result.path("resultDescription"))) {
                    var required = text(described, "requiredValue");
                    grades.add(new Grade(
                            text(described, "name"),
                            "%s of %s".formatted(text(result, "value"), text(described, "valueMax"))
                                    + (required.isEmpty() ? "" : ", required: " + required)));
                }
            }
        }
        return grades;
    }

    private JsonNode subject() {
        return credential.path("credentialSubject");
    }

    private JsonNode achievement() {
        return subject().path("achievement");
    }

    private String day(String instant) {
        try {
            return DAY.format(Instant.parse(instant).atZone(zone));
        } catch (DateTimeException e) {
            return instant;
        }
    }

    private static String text(JsonNode json, String member) {
        return json.path(member).asText();
    }
}
