package org.cairn.openbadges;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.Set;

/** The words of the European Learning Model and of the Union's controlled vocabularies, as far as our credentials need them. */
final class EuropeanTerms {

    private static final String SNB = "http://data.europa.eu/snb/";
    private static final String AUTHORITY = "http://publications.europa.eu/resource/authority/";

    private static final String ESCO_SKILLS = "http://data.europa.eu/esco/concept-scheme/skills";

    /** Every list of this publisher has its scheme under this name. */
    private static final String SCHEME = "/25831c2";

    private static final Map<String, ObjectNode> MODES = Map.of(
            "online", listed("learning-assessment", "920fbb3cbe", "Online"),
            "onsite", listed("learning-assessment", "9191af2ed9", "Presential"),
            "blended", listed("learning-assessment", "e92d221e4d", "Blended"));

    /** Of the list's ways of supervision, those of which the name is known. */
    private static final Map<String, ObjectNode> SUPERVISION = Map.of(
            "unsupervised-unverified",
            listed("supervision-verification", "c598449d64", "Unsupervised without ID Verification"));

    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    private final String base;
    private final Locale locale;

    /** {@code base} is the credential's id, of which the parts of this form have their ids; {@code language} a tag (BCP 47). */
    EuropeanTerms(String base, String language) {
        this.base = base + ".elm.json#";
        this.locale = Locale.forLanguageTag(language);
    }

    static ObjectNode generic() {
        return listed("credential", "e34929035b", "Generic");
    }

    static ObjectNode ects() {
        return listed("education-credit", "6fcec5c5af", "ECTS");
    }

    /** {@code level} is 1 to 8. */
    static ObjectNode level(String level) {
        return listed("eqf", level, "Level " + level);
    }

    /** Whether the Union's list has this code. */
    static boolean isCountry(String code) {
        return COUNTRIES.contains(code);
    }

    /** {@code code} is two letters (ISO 3166-1); the Union's list has three. */
    static ObjectNode country(String code) {
        var country = Locale.of("", code);
        return authority("country", country.getISO3Country(), country.getDisplayCountry(Locale.ENGLISH));
    }

    ObjectNode language() {
        return authority("language", code(), locale.getDisplayLanguage(Locale.ENGLISH));
    }

    ObjectNode mode(String participation) {
        return MODES.getOrDefault(participation, word("participation", participation))
                .deepCopy();
    }

    ObjectNode supervision(String supervision) {
        return SUPERVISION
                .getOrDefault(supervision, word("supervision", supervision))
                .deepCopy();
    }

    /** Whether the list has this way of supervision. */
    static boolean isListed(String supervision) {
        return SUPERVISION.containsKey(supervision);
    }

    /** A PNG. */
    ObjectNode picture(String name, byte[] png) {
        var json = node(name, "MediaObject");
        json.set("contentType", authority("file-type", "PNG", "PNG"));
        json.set("contentEncoding", listed("encoding", "6146cde7dd", "base64"));
        json.put("content", Base64.getEncoder().encodeToString(png));
        return json;
    }

    /** A word that is on no list. */
    ObjectNode word(String term, String word) {
        var concept = node(term, "Concept");
        concept.set("prefLabel", text(word));
        concept.set("inScheme", node(term + "-words", "ConceptScheme"));
        return concept;
    }

    ObjectNode outcome(JsonNode alignment, int number) {
        var json = node("outcome-" + number, "LearningOutcome");
        json.set("title", text(alignment.path("targetName").asText()));
        var skill = named(alignment.path("targetUrl").asText(), "Concept");
        skill.set("prefLabel", text(alignment.path("targetName").asText()));
        if (alignment.has("targetCode")) {
            skill.put("notation", alignment.path("targetCode").asText());
        }
        boolean isEsco = alignment.path("targetUrl").asText().startsWith("http://data.europa.eu/esco/");
        if (isEsco) {
            skill.putObject("inScheme").put("id", ESCO_SKILLS).put("type", "ConceptScheme");
        }
        json.putArray(isEsco ? "relatedESCOSkill" : "relatedSkill").add(skill);
        return json;
    }

    ObjectNode note(String name, String text) {
        return node(name, "Note").set("noteLiteral", text(text));
    }

    ObjectNode page(String name, String address) {
        return node(name, "WebResource").put("contentURL", address);
    }

    /** Something that has no id but within this form. */
    ObjectNode node(String name, String type) {
        return named(base + name, type);
    }

    ObjectNode named(String id, String type) {
        return JsonNodeFactory.instance.objectNode().put("id", id).put("type", type);
    }

    /** In the credential's language. */
    ObjectNode text(String text) {
        return JsonNodeFactory.instance.objectNode().put(locale.getLanguage(), text);
    }

    static ObjectNode english(String text) {
        return JsonNodeFactory.instance.objectNode().put("en", text);
    }

    private String code() {
        try {
            return locale.getISO3Language().toUpperCase(Locale.ROOT);
        } catch (MissingResourceException e) {
            return locale.getLanguage().toUpperCase(Locale.ROOT);
        }
    }

    private static ObjectNode listed(String list, String name, String label) {
        return concept(SNB + list + "/" + name, SNB + list + SCHEME, label);
    }

    private static ObjectNode authority(String list, String name, String label) {
        return concept(AUTHORITY + list + "/" + name, AUTHORITY + list, label).put("notation", list);
    }

    private static ObjectNode concept(String id, String scheme, String label) {
        var json = JsonNodeFactory.instance.objectNode().put("id", id).put("type", "Concept");
        json.set("prefLabel", english(label));
        json.putObject("inScheme").put("id", scheme).put("type", "ConceptScheme");
        return json;
    }
}
