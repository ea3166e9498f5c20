package org.cairn.web;

import gg.jte.Content;
import io.javalin.http.Context;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cairn.ActivityId;
import org.cairn.award.Standing;
import org.cairn.catalog.Catalogue;
import org.cairn.rule.Requirement;
import org.cairn.rule.Score;
import org.cairn.rule.Sentence;
import org.cairn.rule.Slot;
import org.cairn.rule.Supposition;
import org.jspecify.annotations.Nullable;

/**
 * "If I also get this, what would I have?" A form with a field for each activity that is still asked for, and the answer where it was
 * filled in.
 */
public record WhatIf(List<Field> fields, @Nullable Answer answer) {

    private static final String IF = "if.";

    /**
     * What can be supposed of one activity: a grade in percent or points, or only that it is done.
     *
     * @param value what was supposed; empty where nothing was
     */
    public record Field(String name, String title, boolean isGraded, boolean isPercent, String value) {

        public String unit() {
            return isPercent ? "%" : "points";
        }
    }

    /**
     * @param fault what is wrong with the form; null where it could be read
     * @param earned what she would have then, and has not now
     * @param open what she would still have to do for what she supposed something about
     */
    public record Answer(@Nullable String fault, List<String> earned, List<Open> open) {}

    /** What would still be missing in one credential. */
    public record Open(String name, Content missing) {}

    /** What was supposed, by activity. Throws IllegalArgumentException where a field holds no grade. */
    static Map<ActivityId, Supposition> supposed(Context context, List<Field> fields) {
        var supposed = new LinkedHashMap<ActivityId, Supposition>();
        for (var field : fields) {
            var value = context.queryParam(field.name());
            if (value != null && !value.isBlank()) {
                supposed.put(
                        ActivityId.of(field.name().substring(IF.length())),
                        new Supposition(
                                field.isGraded() ? number(value) : null,
                                field.isPercent() ? Score.Scale.PERCENT : Score.Scale.POINTS));
            }
        }
        return supposed;
    }

    /** The fields for what these standings still ask for, as they were filled in. */
    static List<Field> fields(Context context, List<Standing> standings) {
        var fields = new LinkedHashMap<ActivityId, Field>();
        for (var standing : standings) {
            var attachment = standing.attachment();
            if (attachment == null || !standing.isNew() || standing.evaluation().isMet()) {
                continue;
            }
            var rule = standing.achievement().definition().rule();
            for (var slot : rule.slots()) {
                var bound = attachment.bindings().get(slot);
                var scales = scales(rule.requirement(), slot);
                if (bound != null) {
                    var name = IF + bound.activity();
                    var value = context.queryParam(name);
                    fields.merge(
                            bound.activity(),
                            new Field(
                                    name,
                                    bound.title(),
                                    !scales.isEmpty(),
                                    scales.contains(Score.Scale.PERCENT),
                                    value == null ? "" : value.strip()),
                            (one, other) -> one.isGraded() ? one : other);
                }
            }
        }
        return List.copyOf(fields.values());
    }

    /** The answer to what was supposed: how she stands now, and how she would. */
    static Answer answer(
            Catalogue catalogue, Language language, List<Standing> now, List<Standing> then, Set<ActivityId> supposed) {
        var earned = new ArrayList<String>();
        var open = new ArrayList<Open>();
        for (int i = 0; i < then.size(); i++) {
            var one = then.get(i);
            if (!one.isNew() || now.get(i).evaluation().isMet()) {
                continue;
            }
            if (one.evaluation().isMet()) {
                earned.add(one.achievement().name());
            } else if (!one.evaluation().equals(now.get(i).evaluation()) || asks(one, supposed)) {
                var names = catalogue.names(one.achievement(), one.attachment());
                var missing = new Sentence(names, catalogue.timeZone(), language.locale()).missing(one.evaluation());
                open.add(new Open(one.achievement().name(), language.prose(missing)));
            }
        }
        return new Answer(null, earned, open);
    }

    static Answer fault(String sentence) {
        return new Answer(sentence, List.of(), List.of());
    }

    private static boolean asks(Standing standing, Set<ActivityId> supposed) {
        return standing.attachment() != null
                && standing.attachment().activities().stream().anyMatch(supposed::contains);
    }

    private static Set<Score.Scale> scales(Requirement requirement, Slot slot) {
        if (requirement instanceof Score score) {
            return score.slot().equals(slot) ? Set.of(score.scale()) : Set.of();
        }
        var scales = new HashMap<Score.Scale, Boolean>();
        requirement.of().forEach(part -> scales(part, slot).forEach(scale -> scales.put(scale, true)));
        return scales.keySet();
    }

    private static BigDecimal number(String text) {
        var plain = text.strip().replace(',', '.');
        if (!plain.matches("[0-9]{1,7}(\\.[0-9]{1,6})?")) {
            throw new IllegalArgumentException("A grade is a number, such as 80 or 72.5.");
        }
        return new BigDecimal(plain);
    }
}
