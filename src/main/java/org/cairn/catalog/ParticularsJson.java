package org.cairn.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Locale;
import org.cairn.openbadges.Particulars;
import org.cairn.openbadges.Particulars.Participation;
import org.cairn.openbadges.Particulars.Supervision;
import org.jspecify.annotations.Nullable;

/** Particulars as members of an achievement's JSON. What is not said is not written. */
final class ParticularsJson {

    private ParticularsJson() {}

    /** Reads what the schema has accepted. Throws IllegalArgumentException where a language or an address is none. */
    static Particulars read(JsonNode json) {
        var tags = new ArrayList<String>();
        json.path("tags").forEach(tag -> tags.add(tag.textValue()));
        var skills = new ArrayList<Particulars.Skill>();
        json.path("skills").forEach(skill -> skills.add(skill(skill)));
        var participation = json.path("participation").textValue();
        var supervision = json.path("supervision").textValue();
        return new Particulars(
                json.path("language").asText(Particulars.NONE.language()),
                tags,
                skills,
                json.path("assessment").textValue(),
                participation == null ? null : Participation.valueOf(constant(participation)),
                supervision == null ? null : Supervision.valueOf(constant(supervision)),
                json.path("qualityAssurance").textValue(),
                json.path("prerequisites").textValue());
    }

    static void write(Particulars particulars, ObjectNode json) {
        if (!particulars.language().equals(Particulars.NONE.language())) {
            json.put("language", particulars.language());
        }
        particulars.tags().forEach(tag -> json.withArray("tags").add(tag));
        particulars
                .skills()
                .forEach(skill -> write(skill, json.withArray("skills").addObject()));
        put(json, "assessment", particulars.assessment());
        put(json, "participation", Particulars.word(particulars.participation()));
        put(json, "supervision", Particulars.word(particulars.supervision()));
        put(json, "qualityAssurance", particulars.qualityAssurance());
        put(json, "prerequisites", particulars.prerequisites());
    }

    private static Particulars.Skill skill(JsonNode json) {
        return new Particulars.Skill(
                json.get("name").textValue(),
                json.get("url").textValue(),
                json.path("framework").textValue(),
                json.path("code").textValue());
    }

    private static void write(Particulars.Skill skill, ObjectNode json) {
        json.put("name", skill.name()).put("url", skill.url());
        put(json, "framework", skill.framework());
        put(json, "code", skill.code());
    }

    private static void put(ObjectNode json, String member, @Nullable String text) {
        if (text != null) {
            json.put(member, text);
        }
    }

    private static String constant(String word) {
        return word.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
