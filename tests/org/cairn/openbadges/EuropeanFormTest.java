package org.cairn.openbadges;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.cairn.CredentialId;
import org.junit.jupiter.api.Test;

/** What a credential says is said again in the European Learning Model: all of it, nothing else, and what is missing is said, too. */
class EuropeanFormTest {

    private static final Instant NOW = Instant.parse("2026-11-24T09:00:00Z");
    private static final CredentialDocument DOCUMENT =
            new CredentialDocument(new Addresses("https://cairn.example.edu"));
    private static final byte[] PICTURE = {1, 2, 3};
    private static final String CLAIM = "/credentialSubject/hasClaim";

    /**
     * Of each class the members that we write and it has; those with a star are required. By the JSON Schema of the model's version 3.2 that
     * EBSI publishes (vcdm2.0-europass-edc-schema).
     */
    private static final Map<String, String> CLASSES = Map.ofEntries(
            Map.entry("Person", "fullName hasClaim"),
            Map.entry("Organisation", "legalName* location* homepage"),
            Map.entry("Location", "address*"),
            Map.entry("Address", "countryCode*"),
            Map.entry(
                    "LearningAchievement",
                    "title* awardedBy* description specifiedBy provenBy creditReceived supplementaryDocument"),
            Map.entry(
                    "Qualification",
                    "title* language learningOutcomeSummary creditPoint volumeOfLearning eqfLevel learningOutcome mode entryRequirement additionalNote"),
            Map.entry("LearningOutcome", "title* relatedSkill relatedESCOSkill"),
            Map.entry("LearningAssessment", "title* grade* awardedBy* idVerification specifiedBy"),
            Map.entry("LearningAssessmentSpecification", "title* dcType"),
            Map.entry("AwardingProcess", "awardingBody* awardingDate"),
            Map.entry("CreditPoint", "framework* point*"),
            Map.entry("Note", "noteLiteral*"),
            Map.entry("WebResource", "contentURL*"),
            Map.entry("Concept", "prefLabel notation inScheme"),
            Map.entry("ConceptScheme", ""),
            Map.entry("DisplayParameter", "title* language* primaryLanguage* individualDisplay* description"),
            Map.entry("IndividualDisplay", "language* displayDetail*"),
            Map.entry("DisplayDetail", "image* page*"),
            Map.entry("MediaObject", "contentType* contentEncoding* content*"));

    @Test
    void whatever_a_credential_says_is_at_its_place_and_can_be_read_back() {
        var random = new Random(20261126);
        for (int i = 0; i < 300; i++) {
            var credential = credential(random);
            var form = EuropeanForm.of(credential, PICTURE);
            expected(credential)
                    .forEach((place, value) -> assertThat(form.at(place).asText())
                            .as("%s of %s", place, form)
                            .isEqualTo(value));
            assertThat(form.at("/credentialSubject").has("fullName"))
                    .isEqualTo(credential.at("/credentialSubject").has("identifier"));
            assertThat(skills(form)).isEqualTo(skillsOf(credential));
            assertThat(grades(form)).isEqualTo(gradesOf(credential));
        }
    }

    @Test
    void every_credential_has_what_the_application_profile_requires() {
        var random = new Random(7);
        for (int i = 0; i < 100; i++) {
            var form = EuropeanForm.of(named(credential(random)), PICTURE);
            for (var place : List.of(
                    "/id",
                    "/credentialSchema/id",
                    "/credentialProfiles/id",
                    "/issuanceDate",
                    "/issued",
                    "/validFrom",
                    "/issuer/id",
                    "/credentialSubject/id",
                    "/credentialSubject/fullName",
                    CLAIM + "/title",
                    CLAIM + "/awardedBy/awardingBody/legalName",
                    CLAIM + "/specifiedBy/title",
                    CLAIM + "/specifiedBy/learningOutcomeSummary/noteLiteral",
                    "/displayParameter/title",
                    "/displayParameter/language/id",
                    "/displayParameter/primaryLanguage/id",
                    "/displayParameter/individualDisplay/0/language/id",
                    "/displayParameter/individualDisplay/0/displayDetail/0/page",
                    "/displayParameter/individualDisplay/0/displayDetail/0/image/contentType/id",
                    "/displayParameter/individualDisplay/0/displayDetail/0/image/contentEncoding/id")) {
                assertThat(form.at(place).isMissingNode()).as(place).isFalse();
            }
            assertThat(form.at("/displayParameter/individualDisplay/0/displayDetail/0/image/content")
                            .textValue())
                    .isEqualTo("AQID");
            assertThat(form.at("/credentialSubject/fullName").elements().next().textValue())
                    .isEqualTo("Ada Lovelace");
            for (var assessment : form.at(CLAIM + "/provenBy")) {
                assertThat(assessment.at("/grade/noteLiteral").isObject()).isTrue();
                assertThat(assessment.at("/awardedBy/awardingBody/id").isTextual())
                        .isTrue();
            }
            everythingIsTypedAndOfOneText(form, new HashMap<>());
        }
    }

    @Test
    void every_class_has_the_members_that_the_published_schema_gives_it_and_all_that_it_requires() {
        var random = new Random(5);
        for (int i = 0; i < 200; i++) {
            var credential = credential(random);
            ((ObjectNode) credential.get("issuer")).putObject("address").put("addressCountryCode", "AT");
            var form = EuropeanForm.of(named(credential), PICTURE);
            for (var part : List.of("issuer", "credentialSubject", "displayParameter", "credentialProfiles")) {
                conforms(form.path(part));
            }
        }
    }

    @Test
    void what_is_missing_is_said_in_words() {
        var bare = json("""
                {"id":"https://a.example/credentials/1","issuer":{"id":"https://a.example/issuers/1","name":"A"},"validFrom":"2026-01-01T00:00:00Z",
                 "awardedDate":"2026-01-01T00:00:00Z","credentialSubject":{"id":"urn:uuid:1","achievement":{"id":"https://a.example/achievements/1",
                 "name":"Löten","description":"D","inLanguage":"de","criteria":{"narrative":"C"},"creditsAvailable":2,"creditUnit":"hours",
                 "supervision":"supervised-online-verified","qualityAssurance":"By us"}}}""");
        assertThat(said(EuropeanForm.of(bare, PICTURE)))
                .contains(
                        "no electronic seal",
                        "https://a.example/credentials/1",
                        "not named",
                        "country of its issuer",
                        "stand in a note",
                        "words of the issuer",
                        "no record of an accreditation");
        assertThat(said(EuropeanForm.of(named(bare), PICTURE))).doesNotContain("not named");
        var whole = bare.deepCopy();
        ((ObjectNode) whole.get("issuer")).putObject("address").put("addressCountryCode", "AT");
        ((ObjectNode) whole.at("/credentialSubject/achievement"))
                .put("creditUnit", "ects")
                .without(List.of("supervision", "qualityAssurance"));
        assertThat(said(EuropeanForm.of(named(whole), PICTURE)))
                .contains("no electronic seal")
                .doesNotContain("country", "note", "accreditation", "supervised");
        ((ObjectNode) whole.at("/credentialSubject/achievement")).put("supervision", "unsupervised-unverified");
        assertThat(said(EuropeanForm.of(named(whole), PICTURE))).doesNotContain("supervised");
        assertThat(EuropeanForm.of(whole, PICTURE)
                        .at("/issuer/location/address/countryCode/id")
                        .asText())
                .endsWith("/country/AUT");
    }

    @Test
    void a_country_or_a_language_that_nobody_knows_does_no_harm() {
        var odd = credential(new Random(1));
        ((ObjectNode) odd.get("issuer")).putObject("address").put("addressCountryCode", "QQ");
        ((ObjectNode) odd.at("/credentialSubject/achievement")).put("inLanguage", "qq");
        var form = EuropeanForm.of(odd, PICTURE);
        assertThat(form.at("/issuer/location").isMissingNode()).isTrue();
        assertThat(form.at("/displayParameter/language/id").asText()).endsWith("/language/QQ");
    }

    /** What each place of the form has to say, by the table of Annex I in docs/credentials.md. */
    private static Map<String, String> expected(ObjectNode credential) {
        var achievement = credential.at("/credentialSubject/achievement");
        var language = "/" + achievement.path("inLanguage").asText();
        var expected = new HashMap<String, String>();
        expected.put("/id", credential.path("id").asText() + ".elm.json");
        expected.put("/issued", credential.path("validFrom").asText());
        expected.put("/validUntil", credential.path("validUntil").asText());
        expected.put(
                "/credentialSubject/id", credential.at("/credentialSubject/id").asText());
        expected.put("/issuer/id", credential.at("/issuer/id").asText());
        expected.put(
                "/issuer/legalName" + language, credential.at("/issuer/name").asText());
        expected.put("/issuer/homepage/contentURL", credential.at("/issuer/url").asText());
        expected.put(
                CLAIM + "/awardedBy/awardingDate",
                credential.path("awardedDate").asText());
        expected.put(CLAIM + "/title" + language, achievement.path("name").asText());
        expected.put(
                CLAIM + "/description" + language,
                achievement.path("description").asText());
        var place = CLAIM + "/specifiedBy";
        expected.put(place + "/id", achievement.path("id").asText());
        expected.put(
                place + "/learningOutcomeSummary/noteLiteral" + language,
                achievement.at("/criteria/narrative").asText());
        var credits = achievement.has("creditsAvailable")
                ? achievement
                        .path("creditsAvailable")
                        .decimalValue()
                        .stripTrailingZeros()
                        .toPlainString()
                : "";
        expected.put(place + "/creditPoint/point", credits);
        expected.put(CLAIM + "/creditReceived/point", credits);
        var hours = achievement.path("workloadHours").asText();
        expected.put(place + "/volumeOfLearning", hours.isEmpty() ? "" : "PT" + hours + "H");
        expected.put(place + "/eqfLevel/id", level(achievement));
        var mode = achievement.has("participation") ? "Blended" : "";
        expected.put(place + "/mode/prefLabel/en", mode);
        expected.put(
                place + "/entryRequirement/noteLiteral" + language,
                achievement.path("prerequisites").asText());
        expected.put(
                place + "/additionalNote/0/noteLiteral" + language,
                achievement.path("qualityAssurance").asText());
        return expected;
    }

    private static String level(JsonNode achievement) {
        for (var one : achievement.path("alignment")) {
            if (one.path("targetUrl").asText().startsWith("http://data.europa.eu/snb/eqf/")) {
                return one.path("targetUrl").asText();
            }
        }
        return "";
    }

    private static List<String> skills(ObjectNode form) {
        var skills = new ArrayList<String>();
        for (var outcome : form.at(CLAIM + "/specifiedBy/learningOutcome")) {
            var skill = outcome.path("relatedESCOSkill").path(0);
            skills.add((skill.isMissingNode() ? outcome.path("relatedSkill").path(0) : skill)
                    .path("id")
                    .asText());
        }
        return skills;
    }

    private static List<String> skillsOf(ObjectNode credential) {
        var skills = new ArrayList<String>();
        for (var one : credential.at("/credentialSubject/achievement/alignment")) {
            if (!one.path("targetUrl").asText().contains("/snb/eqf/")) {
                skills.add(one.path("targetUrl").asText());
            }
        }
        return skills;
    }

    private static List<String> grades(ObjectNode form) {
        var grades = new ArrayList<String>();
        for (var one : form.at(CLAIM + "/provenBy")) {
            grades.add(one.at("/grade/noteLiteral").iterator().next().asText());
        }
        grades.remove("Not shown");
        return grades;
    }

    private static List<String> gradesOf(ObjectNode credential) {
        return credential.at("/credentialSubject").has("result") ? List.of("69.995 / 100") : List.of();
    }

    /** An id names one thing, and everything has an id and a type. */
    private static void everythingIsTypedAndOfOneText(JsonNode json, Map<String, JsonNode> known) {
        if (json.isObject() && json.has("id")) {
            assertThat(json.path("type").isMissingNode()).as("%s", json).isFalse();
            var before = known.putIfAbsent(json.path("id").asText(), json);
            assertThat(before == null || before.equals(json)).as("%s", json).isTrue();
        }
        json.forEach(child -> everythingIsTypedAndOfOneText(child, known));
    }

    private static void conforms(JsonNode json) {
        if (json.has("type")) {
            var members = CLASSES.get(json.path("type").textValue());
            assertThat(members).as("%s", json.path("type")).isNotNull();
            var known = new ArrayList<>(List.of("id", "type"));
            for (var member : members.split(" ")) {
                known.add(member.replace("*", ""));
                if (member.endsWith("*")) {
                    assertThat(json.has(member.replace("*", "")))
                            .as("%s of %s", member, json)
                            .isTrue();
                }
            }
            json.fieldNames()
                    .forEachRemaining(name -> assertThat(known).as("%s", json).contains(name));
        }
        json.forEach(EuropeanFormTest::conforms);
    }

    private static String said(ObjectNode form) {
        return form.at("/displayParameter/description/en").asText();
    }

    private static ObjectNode credential(Random random) {
        var payload = DOCUMENT.payload(
                QuadsTest.issuance(random), CredentialId.fresh(), new Credential.StatusEntry(0, 1), NOW);
        return CredentialDocument.bare(payload);
    }

    private static ObjectNode named(ObjectNode credential) {
        var named = credential.deepCopy();
        ((ObjectNode) named.get("credentialSubject"))
                .putArray("identifier")
                .addObject()
                .put("identityType", "name")
                .put("hashed", false)
                .put("identityHash", "Ada Lovelace");
        return named;
    }

    private static ObjectNode json(String text) {
        return CredentialJson.read(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
