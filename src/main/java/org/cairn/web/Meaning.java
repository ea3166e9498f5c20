package org.cairn.web;

import com.fasterxml.jackson.databind.JsonNode;
import gg.jte.Content;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a credential says, as people read it; all of it from the signed text, of which nothing is believed to be short or well-formed.
 *
 * @param kind what is certified, in a word or two
 * @param holder whom it names; null where it names nobody
 * @param facts what fits in a line each: credits, level and the like
 * @param criteria what had to be shown; null where it does not say
 */
public record Meaning(
        String kind,
        String name,
        String description,
        @Nullable String holder,
        String issuer,
        @Nullable String issuerUrl,
        List<Fact> dates,
        List<Fact> facts,
        List<Grade> grades,
        @Nullable Content criteria,
        @Nullable String criteriaUrl,
        List<Skill> skills,
        List<Evidence> evidence) {

    public record Fact(String term, String value) {}

    /** {@code maximum} and {@code required} are empty where it does not say. */
    public record Grade(String name, String value, String maximum, String required) {}

    /** What an achievement is aligned to. */
    public record Skill(
            String name, String framework, @Nullable String url) {}

    public record Evidence(
            String name, Content narrative, @Nullable String url) {}

    private static final int LONGEST_LINE = 500;
    private static final int LONGEST_TEXT = 10_000;
    private static final int MOST = 50;

    private static final Map<String, String> KINDS = Map.of(
            "MicroCredential", "Micro-credential",
            "CertificateOfCompletion", "Certificate of completion",
            "LearningProgram", "Learning programme",
            "", "Credential");

    /** Members of the subject and its achievement that are a line each, with what people call them. */
    private static final Map<String, String> LINES = lines();

    private static Map<String, String> lines() {
        var lines = new LinkedHashMap<String, String>();
        lines.put("workloadHours", "Workload in hours");
        lines.put("assessmentType", "Assessment");
        lines.put("participation", "Participation");
        lines.put("supervision", "Supervision");
        lines.put("qualityAssurance", "Quality assurance");
        lines.put("prerequisites", "Prerequisites");
        lines.put("inLanguage", "Language");
        lines.put("fieldOfStudy", "Field of study");
        lines.put("specialization", "Specialisation");
        lines.put("humanCode", "Code");
        lines.put("licenseNumber", "Licence");
        lines.put("role", "Role");
        lines.put("term", "Term");
        return lines;
    }

    static Meaning of(JsonNode credential) {
        var subject = credential.path("credentialSubject");
        var achievement = subject.path("achievement");
        var issuer = credential.path("issuer");
        return new Meaning(
                kind(credential, achievement),
                first(line(achievement, "name"), line(credential, "name"), "Credential"),
                first(
                        text(achievement, "description"),
                        text(credential, "description"),
                        text(subject, "endorsementComment")),
                holder(subject),
                issuer.isTextual()
                        ? cut(issuer.textValue(), LONGEST_LINE)
                        : first(line(issuer, "name"), line(issuer, "id"), ""),
                web(issuer.path("url")),
                dates(credential),
                facts(subject, achievement),
                grades(subject, achievement),
                criteria(achievement),
                web(achievement.path("criteria").path("id")),
                list(achievement.path("alignment"), Meaning::skill),
                list(credential.path("evidence"), Meaning::evidence));
    }

    private static String kind(JsonNode credential, JsonNode achievement) {
        var types = credential.path("type").toString();
        if (types.contains("\"ClrCredential\"")) {
            return "Learner record";
        }
        if (types.contains("\"EndorsementCredential\"")) {
            return "Endorsement";
        }
        var type = line(achievement, "achievementType").replaceFirst("^ext:", "");
        return KINDS.getOrDefault(type, type.replaceAll("(?<=[a-z])(?=[A-Z])", " "));
    }

    /** As plain text: nobody reads a digest. */
    private static @Nullable String holder(JsonNode subject) {
        for (var identity : items(subject.path("identifier"))) {
            if (line(identity, "identityType").equals("name")
                    && !identity.path("hashed").asBoolean()
                    && !line(identity, "identityHash").isEmpty()) {
                return line(identity, "identityHash");
            }
        }
        return null;
    }

    private static List<Fact> dates(JsonNode credential) {
        var dates = new ArrayList<Fact>();
        date(credential, "awardedDate", "Awarded", dates);
        date(credential, "validFrom", credential.has("awardedDate") ? "Signed" : "Awarded", dates);
        date(credential, "validUntil", "Valid until", dates);
        return dates;
    }

    private static void date(JsonNode credential, String member, String term, List<Fact> dates) {
        var day = line(credential, member).replaceFirst("T.*", "");
        if (!day.isEmpty() && dates.stream().noneMatch(one -> one.value().equals(day))) {
            dates.add(new Fact(term, day));
        }
    }

    private static List<Fact> facts(JsonNode subject, JsonNode achievement) {
        var facts = new ArrayList<Fact>();
        var credits =
                subject.has("creditsEarned") ? subject.get("creditsEarned") : achievement.path("creditsAvailable");
        if (credits.isNumber()) {
            facts.add(new Fact(
                    "Credits",
                    (credits.asText() + " " + line(achievement, "creditUnit").toUpperCase(Locale.ROOT)).strip()));
        }
        for (var alignment : achievement.path("alignment")) {
            if (isLevel(alignment)) {
                facts.add(new Fact("Level", line(alignment, "targetName")));
            }
        }
        LINES.forEach((member, term) -> {
            var value = first(line(subject, member), line(achievement, member));
            if (!value.isEmpty()) {
                facts.add(new Fact(term, value));
            }
        });
        return facts.stream().limit(MOST).toList();
    }

    private static boolean isLevel(JsonNode alignment) {
        return line(alignment, "targetFramework").toLowerCase(Locale.ROOT).contains("qualifications framework")
                || line(alignment, "targetUrl").startsWith("http://data.europa.eu/snb/eqf/");
    }

    private static @Nullable Skill skill(JsonNode alignment) {
        return isLevel(alignment) || line(alignment, "targetName").isEmpty()
                ? null
                : new Skill(
                        line(alignment, "targetName"),
                        line(alignment, "targetFramework"),
                        web(alignment.path("targetUrl")));
    }

    private static List<Grade> grades(JsonNode subject, JsonNode achievement) {
        return list(subject.path("result"), result -> {
            var described =
                    described(achievement, result.path("resultDescription").asText());
            var value = first(line(result, "value"), line(result, "status"), line(result, "achievedLevel"));
            return value.isEmpty()
                    ? null
                    : new Grade(
                            first(line(described, "name"), "Result"),
                            value,
                            line(described, "valueMax"),
                            line(described, "requiredValue"));
        });
    }

    private static JsonNode described(JsonNode achievement, String id) {
        for (var description : items(achievement.path("resultDescription"))) {
            if (!id.isEmpty() && description.path("id").asText().equals(id)) {
                return description;
            }
        }
        return achievement.path("-");
    }

    private static @Nullable Content criteria(JsonNode achievement) {
        var narrative = text(achievement.path("criteria"), "narrative");
        return narrative.isEmpty() ? null : Markdown.of(narrative);
    }

    private static Evidence evidence(JsonNode evidence) {
        return new Evidence(
                first(line(evidence, "name"), "Evidence"),
                Markdown.of(first(text(evidence, "narrative"), text(evidence, "description"))),
                web(evidence.path("id")));
    }

    private static <T> List<T> list(JsonNode json, Function<JsonNode, @Nullable T> read) {
        var list = new ArrayList<T>();
        for (var item : items(json)) {
            var one = read.apply(item);
            if (one != null && list.size() < MOST) {
                list.add(one);
            }
        }
        return list;
    }

    /** JSON-LD leaves the brackets of a list of one out. */
    private static Iterable<JsonNode> items(JsonNode json) {
        return json.isObject() ? List.of(json) : json;
    }

    private static @Nullable String web(JsonNode address) {
        var text = address.asText();
        return text.length() <= LONGEST_LINE && text.matches("(?s)https?://\\S+") ? text : null;
    }

    private static String line(JsonNode json, String member) {
        var value = json.path(member);
        return value.isValueNode() && !value.isNull() ? cut(value.asText(), LONGEST_LINE) : "";
    }

    static String text(JsonNode json, String member) {
        return json.path(member).isTextual() ? cut(json.path(member).textValue(), LONGEST_TEXT) : "";
    }

    private static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, text.offsetByCodePoints(0, longest / 2)) + "…";
    }

    private static String first(String... texts) {
        for (var text : texts) {
            if (!text.isEmpty()) {
                return text;
            }
        }
        return "";
    }
}
