package org.cairn.rule;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A place in the JSON of a rule. Whatever is not as it should be is refused with its path: {@code rule.allOf[1].atLeast: …}. */
record Place(@Nullable Place parent, String step, JsonNode json) {

    static Place root(String name, JsonNode json) {
        return new Place(null, name, json);
    }

    static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    boolean has(String member) {
        return json.has(member);
    }

    Place at(String member) {
        return new Place(this, "." + member, json.path(member));
    }

    /** The elements of an array that is there and not empty. */
    List<Place> list(String member) {
        var place = at(member);
        place.check(
                place.json.isArray() && !place.json.isEmpty(), "a group has parts; an empty one could never be met.");
        return place.elements();
    }

    /** The elements of an array, none where it is missing. */
    List<Place> listIfAny(String member) {
        return has(member) ? at(member).elements() : List.of();
    }

    /** The elements of this array. */
    List<Place> elements() {
        check(json.isArray(), "is no list.");
        var elements = new ArrayList<Place>(json.size());
        for (int i = 0; i < json.size(); i++) {
            elements.add(new Place(this, "[" + i + "]", json.get(i)));
        }
        return elements;
    }

    /** The members of an object, none where it is missing. */
    Map<String, Place> entries(String member) {
        var place = at(member);
        place.check(place.json.isObject() || place.json.isMissingNode(), "is no object.");
        var entries = new LinkedHashMap<String, Place>();
        place.json.fieldNames().forEachRemaining(name -> entries.put(name, place.at(name)));
        return entries;
    }

    /** Refuses members that are not known here. */
    Place only(String... known) {
        check(json.isObject(), "is no object.");
        var names = Set.of(known);
        for (var member : json.properties()) {
            if (!names.contains(member.getKey())) {
                throw at(member.getKey()).refused("is not known here.");
            }
        }
        return this;
    }

    String text(String member) {
        return at(member).text();
    }

    String text() {
        check(json.isTextual(), "is missing or no text.");
        return json.textValue();
    }

    @Nullable
    String textIfAny(String member) {
        return has(member) ? text(member) : null;
    }

    Set<String> texts(String member) {
        var texts = new LinkedHashSet<String>();
        listIfAny(member).forEach(element -> element.check(texts.add(element.text()), "is there twice."));
        return texts;
    }

    int whole(String member) {
        var place = at(member);
        place.check(place.json.isInt(), "is missing or no whole number.");
        return place.json.intValue();
    }

    @Nullable
    Integer wholeIfAny(String member) {
        return has(member) ? Integer.valueOf(whole(member)) : null;
    }

    BigDecimal number(String member) {
        var place = at(member);
        place.check(place.json.isNumber(), "is missing or no number.");
        return place.json.decimalValue();
    }

    boolean flag(String member) {
        var place = at(member);
        place.check(place.json.isBoolean() || place.json.isMissingNode(), "is neither true nor false.");
        return place.json.asBoolean();
    }

    @Nullable
    Instant instantIfAny(String member) {
        return has(member) ? instant(member) : null;
    }

    Instant instant(String member) {
        return at(member).parsed(Instant::parse, "an instant is written like 2027-03-01T00:00:00Z.");
    }

    LocalDate day(String member) {
        return at(member).parsed(LocalDate::parse, "a day is written like 2027-03-01.");
    }

    Period period(String member) {
        return at(member).parsed(Period::parse, "a period is written like P5Y, P18M or P90D.");
    }

    @Nullable
    Period periodIfAny(String member) {
        return has(member) ? period(member) : null;
    }

    <E extends Enum<E>> E choice(String member, Class<E> type) {
        var text = text(member);
        for (var constant : type.getEnumConstants()) {
            if (lower(constant).equals(text)) {
                return constant;
            }
        }
        throw at(member).refused("\"" + text + "\" is not known here.");
    }

    <E extends Enum<E>> E choice(String member, E usual) {
        return has(member) ? choice(member, usual.getDeclaringClass()) : usual;
    }

    /** What a constructor refuses is refused here. */
    <T> T made(Supplier<T> made) {
        try {
            return made.get();
        } catch (Refused e) {
            throw e;
        } catch (IllegalArgumentException | DateTimeException e) {
            throw refused(String.valueOf(e.getMessage()));
        }
    }

    void check(boolean holds, String sentence) {
        if (!holds) {
            throw refused(sentence);
        }
    }

    IllegalArgumentException refused(String sentence) {
        return new Refused(path() + ": " + sentence);
    }

    private String path() {
        return parent == null ? step : parent.path() + step;
    }

    private <T> T parsed(Function<String, T> parse, String sentence) {
        try {
            return parse.apply(text());
        } catch (DateTimeException e) {
            throw refused(sentence);
        }
    }

    /** Thrown with the place in it, so that no place around it adds its own. */
    private static final class Refused extends IllegalArgumentException {

        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }
}
