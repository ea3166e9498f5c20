package org.cairn.openbadges.certificate;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.cairn.openbadges.image.Badge;
import org.cairn.openbadges.image.Picture;
import org.jspecify.annotations.Nullable;

/**
 * What a certificate says: what was signed, and beside it only what the signed text has no place for.
 *
 * @param credential what was signed
 * @param jwt the signed text, which goes with it as an attachment
 * @param holder what the learner wants to be called; null while she does not want to be named
 * @param picture what the badge looks like
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
        Picture picture,
        List<String> outcomes,
        String verification,
        Instant signedAt,
        ZoneId zone) {

    /** Something that is said of it, in a word and a few: level, credits, dates. */
    record Fact(String name, String value) {}

    private static final String LEVEL = "http://data.europa.eu/snb/eqf/";

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

    /** The language of the achievement's texts. */
    Locale language() {
        return Locale.forLanguageTag(achievement().path("inLanguage").asText("en"));
    }

    /** What it says beside those. */
    Words words() {
        return new Words(language());
    }

    String kind() {
        return words().say("kind." + badge.kind().name().toLowerCase(Locale.ROOT));
    }

    List<Fact> facts() {
        var words = words();
        var facts = new ArrayList<Fact>();
        for (var one : achievement().path("alignment")) {
            var target = text(one, "targetUrl");
            if (target.startsWith(LEVEL)) {
                var level = words.say("level.eqf", "level", target.substring(LEVEL.length()));
                facts.add(new Fact(words.say("level"), level));
            }
        }
        if (achievement().has("creditsAvailable")) {
            facts.add(new Fact(words.say("credits"), text(achievement(), "creditsAvailable")));
        }
        facts.add(new Fact(words.say("awarded"), day(words, "awardedDate")));
        if (credential.has("validUntil")) {
            facts.add(new Fact(words.say("until"), day(words, "validUntil")));
        }
        return facts;
    }

    /** In words, each that the learner shares. */
    List<String> grades() {
        var words = words();
        var grades = new ArrayList<String>();
        for (var result : subject().path("result")) {
            for (var described : achievement().path("resultDescription")) {
                if (described.path("id").equals(result.path("resultDescription"))) {
                    grades.add(words.say(
                            described.has("requiredValue") ? "grade.required" : "grade",
                            "name",
                            text(described, "name"),
                            "value",
                            text(result, "value"),
                            "maximum",
                            text(described, "valueMax"),
                            "required",
                            text(described, "requiredValue")));
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

    private String day(Words words, String member) {
        var instant = text(credential, member);
        try {
            return words.day(Instant.parse(instant), zone);
        } catch (DateTimeException e) {
            return instant;
        }
    }

    private static String text(JsonNode json, String member) {
        return json.path(member).asText();
    }
}
