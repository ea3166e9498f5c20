package org.cairn.openbadges;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * What a credential of ours says, said again in the European Learning Model (version 3, application profile of European Digital
 * Credentials), for software that reads that. It is made from the signed text alone, and is not signed: it has no electronic seal, without
 * which it is no European Digital Credential in the sense of the law. What it lacks stands in its own description.
 */
public final class EuropeanForm {

    private static final String EQF = "http://data.europa.eu/snb/eqf/";

    private final ObjectNode credential;
    private final JsonNode achievement;
    private final byte[] picture;
    private final EuropeanTerms terms;

    private EuropeanForm(ObjectNode credential, byte[] picture) {
        this.credential = credential;
        this.achievement = credential.path("credentialSubject").path("achievement");
        this.picture = picture;
        this.terms = new EuropeanTerms(
                credential.path("id").asText(), achievement.path("inLanguage").asText("en"));
    }

    /** {@code picture} is the badge, a PNG. */
    public static ObjectNode of(ObjectNode credential, byte[] picture) {
        return new EuropeanForm(credential, picture).json();
    }

    private ObjectNode json() {
        var json = JsonNodeFactory.instance.objectNode();
        json.putArray("@context")
                .add("https://www.w3.org/2018/credentials/v1")
                .add("http://data.europa.eu/snb/model/context/edc-ap");
        json.put("id", credential.path("id").asText() + ".elm.json");
        json.putArray("type").add("VerifiableCredential").add("EuropeanDigitalCredential");
        json.putObject("credentialSchema")
                .put("id", "http://data.europa.eu/snb/model/ap/edc-generic-no-cv")
                .put("type", "ShaclValidator2017");
        json.set("credentialProfiles", EuropeanTerms.generic());
        var signed = credential.path("validFrom").asText();
        json.put("issuanceDate", signed).put("issued", signed).put("validFrom", signed);
        if (credential.has("validUntil")) {
            var end = credential.path("validUntil").asText();
            json.put("expirationDate", end).put("validUntil", end);
        }
        json.set("issuer", organisation());
        json.set("credentialSubject", person());
        json.set("displayParameter", display());
        return json;
    }

    private ObjectNode display() {
        var json = terms.node("display", "DisplayParameter");
        json.set("title", terms.text(achievement.path("name").asText()));
        json.set("description", EuropeanTerms.english(String.join(" ", gaps())));
        json.set("language", terms.language());
        json.set("primaryLanguage", terms.language());
        var page = terms.node("page", "DisplayDetail").put("page", 1);
        page.set("image", terms.picture("picture", picture));
        var display = terms.node("pages", "IndividualDisplay");
        display.set("language", terms.language());
        display.putArray("displayDetail").add(page);
        json.putArray("individualDisplay").add(display);
        return json;
    }

    /** What is missing of a European Digital Credential, or not said as its vocabularies would, in sentences. */
    private List<String> gaps() {
        var gaps = new ArrayList<String>();
        gaps.add("This repeats the credential %s in the European Learning Model."
                .formatted(credential.path("id").asText()));
        gaps.add("It has no electronic seal, so it is no European Digital Credential in the sense of the law:"
                + " rely on the signed credential.");
        if (holder().isEmpty()) {
            gaps.add("Its holder is not named, because she has not chosen to be.");
        }
        if (country().isEmpty()) {
            gaps.add("The country of its issuer is not said.");
        }
        if (achievement.has("creditsAvailable") && !isEcts()) {
            gaps.add("Its credits are of a kind that has no code, and stand in a note.");
        }
        if (achievement.has("supervision")
                && !EuropeanTerms.isListed(achievement.path("supervision").asText())) {
            gaps.add("How the assessment was supervised is said in words of the issuer's.");
        }
        if (achievement.has("qualityAssurance")) {
            gaps.add("Its quality assurance is a note, and no record of an accreditation.");
        }
        return gaps;
    }

    private ObjectNode organisation() {
        var issuer = credential.path("issuer");
        var json = terms.named(issuer.path("id").asText(), "Organisation");
        json.set("legalName", terms.text(issuer.path("name").asText()));
        if (issuer.has("url")) {
            json.set("homepage", terms.page("homepage", issuer.path("url").asText()));
        }
        if (!country().isEmpty()) {
            var address = terms.node("address", "Address");
            address.set("countryCode", EuropeanTerms.country(country()));
            json.set("location", terms.node("location", "Location").set("address", address));
        }
        return json;
    }

    private ObjectNode person() {
        var json = terms.named(credential.path("credentialSubject").path("id").asText(), "Person");
        if (!holder().isEmpty()) {
            json.set("fullName", terms.text(holder()));
        }
        json.set("hasClaim", claim());
        return json;
    }

    private ObjectNode claim() {
        var json = terms.node("achievement", "LearningAchievement");
        json.set("title", terms.text(achievement.path("name").asText()));
        json.set("description", terms.text(achievement.path("description").asText()));
        json.set("awardedBy", awardedBy("awarding"));
        json.set("specifiedBy", qualification());
        var assessments = assessments();
        if (!assessments.isEmpty()) {
            assessments.forEach(json.putArray("provenBy")::add);
        }
        if (isEcts() && credential.path("credentialSubject").has("creditsEarned")) {
            json.set(
                    "creditReceived",
                    credits("received", credential.path("credentialSubject").path("creditsEarned")));
        }
        json.set(
                "supplementaryDocument",
                terms.page("signed", credential.path("id").asText()));
        return json;
    }

    private ObjectNode awardedBy(String name) {
        var json = terms.node(name, "AwardingProcess");
        json.put("awardingDate", credential.path("awardedDate").asText());
        json.set("awardingBody", organisation());
        return json;
    }

    private ObjectNode qualification() {
        var json = terms.named(achievement.path("id").asText(), "Qualification");
        json.set("title", terms.text(achievement.path("name").asText()));
        json.set("language", terms.language());
        json.set(
                "learningOutcomeSummary",
                terms.note(
                        "outcomes",
                        achievement.path("criteria").path("narrative").asText()));
        if (isEcts()) {
            json.set("creditPoint", credits("credits", achievement.path("creditsAvailable")));
        }
        if (achievement.has("workloadHours")) {
            json.put(
                    "volumeOfLearning",
                    "PT%sH".formatted(achievement.path("workloadHours").asText()));
        }
        alignments(json);
        if (achievement.has("participation")) {
            json.set("mode", terms.mode(achievement.path("participation").asText()));
        }
        if (achievement.has("prerequisites")) {
            json.set(
                    "entryRequirement",
                    terms.note("entry", achievement.path("prerequisites").asText()));
        }
        notes(json);
        return json;
    }

    private void alignments(ObjectNode json) {
        for (var one : achievement.path("alignment")) {
            var address = one.path("targetUrl").asText();
            if (address.startsWith(EQF)) {
                json.set("eqfLevel", EuropeanTerms.level(address.substring(EQF.length())));
            } else {
                json.withArray("learningOutcome")
                        .add(terms.outcome(one, json.path("learningOutcome").size()));
            }
        }
    }

    private void notes(ObjectNode json) {
        if (achievement.has("creditsAvailable") && !isEcts()) {
            var credits = number(achievement.path("creditsAvailable")) + " "
                    + achievement.path("creditUnit").asText();
            json.withArray("additionalNote").add(terms.note("credit-unit", credits));
        }
        if (achievement.has("qualityAssurance")) {
            var text = achievement.path("qualityAssurance").asText();
            json.withArray("additionalNote").add(terms.note("quality-assurance", text));
        }
    }

    /** One for each result that is shown, or one that says how it was assessed. */
    private List<ObjectNode> assessments() {
        var assessments = new ArrayList<ObjectNode>();
        for (var result : credential.path("credentialSubject").path("result")) {
            var description = description(result.path("resultDescription").asText());
            var grade = result.path("value").asText() + " / "
                    + description.path("valueMax").asText();
            assessments.add(assessment(
                    assessments.size(),
                    description.path("name").asText(),
                    terms.note("grade-" + assessments.size(), grade)));
        }
        if (assessments.isEmpty() && achievement.has("assessmentType")) {
            var grade = terms.node("grade-0", "Note");
            grade.set("noteLiteral", EuropeanTerms.english("Not shown"));
            assessments.add(assessment(0, achievement.path("assessmentType").asText(), grade));
        }
        return assessments;
    }

    private ObjectNode assessment(int number, String title, ObjectNode grade) {
        var json = terms.node("assessment-" + number, "LearningAssessment");
        json.set("title", terms.text(title));
        json.set("awardedBy", awardedBy("assessing-" + number));
        json.set("grade", grade);
        if (achievement.has("assessmentType")) {
            var specification = terms.node("assessment-kind-" + number, "LearningAssessmentSpecification");
            specification.set(
                    "title", terms.text(achievement.path("assessmentType").asText()));
            specification.set(
                    "dcType",
                    terms.word(
                            "assessmentType", achievement.path("assessmentType").asText()));
            json.set("specifiedBy", specification);
        }
        if (achievement.has("supervision")) {
            json.set(
                    "idVerification",
                    terms.supervision(achievement.path("supervision").asText()));
        }
        return json;
    }

    private JsonNode description(String id) {
        for (var one : achievement.path("resultDescription")) {
            if (one.path("id").asText().equals(id)) {
                return one;
            }
        }
        return JsonNodeFactory.instance.objectNode();
    }

    private ObjectNode credits(String name, JsonNode number) {
        var json = terms.node(name, "CreditPoint");
        json.set("framework", EuropeanTerms.ects());
        json.put("point", number(number));
        return json;
    }

    private boolean isEcts() {
        return achievement.has("creditsAvailable")
                && achievement.path("creditUnit").asText().equals("ects");
    }

    private String country() {
        var code = credential
                .path("issuer")
                .path("address")
                .path("addressCountryCode")
                .asText();
        return EuropeanTerms.isCountry(code) ? code : "";
    }

    /** What the learner lets herself be called; empty: she is not named. */
    private String holder() {
        for (var identifier : credential.path("credentialSubject").path("identifier")) {
            if (identifier.path("identityType").asText().equals("name")
                    && !identifier.path("hashed").asBoolean()) {
                return identifier.path("identityHash").asText();
            }
        }
        return "";
    }

    private static String number(JsonNode number) {
        BigDecimal value = number.decimalValue().stripTrailingZeros();
        return value.toPlainString();
    }
}
