package org.cairn.rule;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.cairn.AchievementId;
import org.jspecify.annotations.Nullable;

/**
 * What a learner has shown, as people write it who try a rule:
 *
 * <pre>
 * {"timeZone": "Europe/Vienna", "at": "2026-11-24T09:00:00Z",
 *  "attempts": {"quiz": [{"score": 18, "maximum": 20, "at": "2026-10-01T08:00:00Z"},
 *                        {"attempt": 2, "state": "pending", "complete": true, "at": "2026-11-01T08:00:00Z"}]},
 *  "held": {"bias-in-models": "2026-06-30T10:00:00Z",
 *           "capstone": {"at": "2026-07-01T10:00:00Z", "version": 2, "issuer": "own", "until": "2029-07-01T10:00:00Z", "result": 82,
 *                        "credits": 5, "scheme": "ects", "level": 6, "labels": ["track:robotics"], "uses": 1}},
 *  "hours": {"practice": [{"hours": 4.5, "at": "2026-10-01T12:00:00Z"}]},
 *  "approvals": {"portfolio": [{"step": "asked" | "approved" | "declined", "reviewer": "r1", "independent": true, "at": "…"}]},
 *  "members": [{"member": "cohort", "name": "2026", "joined": "2026-09-01T00:00:00Z"}],
 *  "waived": [{"requirement": {"completed": "lab"}, "at": "2026-10-01T08:00:00Z"}]}
 * </pre>
 *
 * All of it may be missing but an {@code at}. An attempt is graded where it has a score and a maximum, else {@code pending} or
 * {@code cleared}; it has its number in the list, is complete where it is graded, and is strong, unless it says otherwise.
 */
public final class FactsJson {

    private FactsJson() {}

    /** Throws IllegalArgumentException that begins with the place ({@code facts.attempts.quiz[0].score: …}) of what does not fit. */
    public static Facts read(JsonNode json) {
        var place = Place.root("facts", json)
                .only("timeZone", "at", "attempts", "held", "hours", "approvals", "members", "waived");
        var zone = place.has("timeZone")
                ? place.at("timeZone").made(() -> ZoneId.of(place.text("timeZone")))
                : ZoneId.of("UTC");
        return Facts.none(zone)
                .withAttempts(attempts(place))
                .withHeld(held(place))
                .withHours(lists(place, "hours", FactsJson::worked))
                .withApprovals(lists(place, "approvals", FactsJson::approval))
                .withMemberships(memberships(place))
                .withWaived(waived(place));
    }

    /** The instant at which they are looked at, where it is said. Throws as {@link #read} does. */
    public static Optional<Instant> at(JsonNode json) {
        return Optional.ofNullable(Place.root("facts", json).instantIfAny("at"));
    }

    private static Map<Slot, List<Fact>> attempts(Place place) {
        var attempts = new HashMap<Slot, List<Fact>>();
        place.entries("attempts").forEach((name, all) -> {
            var facts = new ArrayList<Fact>();
            all.elements().forEach(attempt -> facts.add(fact(attempt, facts.size() + 1)));
            attempts.put(all.made(() -> new Slot(name)), facts);
        });
        return attempts;
    }

    private static Fact fact(Place place, int number) {
        place.only("attempt", "state", "score", "maximum", "complete", "at", "strength");
        boolean isGraded = place.has("score");
        return place.made(() -> new Fact(
                place.has("attempt") ? place.whole("attempt") : number,
                isGraded ? place.choice("state", Fact.State.GRADED) : place.choice("state", Fact.State.class),
                number(place, "score", 0),
                number(place, "maximum", 1),
                place.has("complete") ? place.flag("complete") : isGraded,
                place.instant("at"),
                place.choice("strength", Strength.STRONG)));
    }

    private static @Nullable BigDecimal number(Place place, String member, int sign) {
        if (!place.has(member)) {
            return null;
        }
        var number = place.number(member);
        place.at(member).check(number.signum() >= sign, "is too small.");
        return number;
    }

    private static List<Held> held(Place place) {
        var held = new ArrayList<Held>();
        place.entries("held").forEach((name, one) -> {
            var achievement = one.made(() -> new AchievementId(name));
            held.add(
                    one.json().isTextual()
                            ? held(achievement, place.at("held").instant(name))
                            : held(achievement, one));
        });
        return held;
    }

    private static Held held(AchievementId achievement, Instant at) {
        return new Held(
                achievement.value(),
                achievement,
                1,
                Held.OWN,
                at,
                null,
                null,
                BigDecimal.ZERO,
                "ects",
                null,
                Set.of(),
                0);
    }

    private static Held held(AchievementId achievement, Place place) {
        place.only("at", "version", "issuer", "until", "result", "credits", "scheme", "level", "labels", "uses");
        return place.made(() -> new Held(
                achievement.value(),
                achievement,
                place.has("version") ? place.whole("version") : 1,
                place.has("issuer") ? place.text("issuer") : Held.OWN,
                place.instant("at"),
                place.instantIfAny("until"),
                number(place, "result", 0),
                place.has("credits") ? place.number("credits") : BigDecimal.ZERO,
                place.has("scheme") ? place.text("scheme") : "ects",
                place.wholeIfAny("level"),
                place.texts("labels"),
                place.has("uses") ? place.whole("uses") : 0));
    }

    private static Worked worked(Place place) {
        place.only("hours", "at", "strength");
        return new Worked(place.number("hours"), place.instant("at"), place.choice("strength", Strength.REVIEWED));
    }

    private static Approval approval(Place place) {
        place.only("step", "reviewer", "independent", "at");
        return new Approval(
                place.choice("step", Approval.Step.class),
                place.has("reviewer") ? place.text("reviewer") : "",
                place.flag("independent"),
                place.instant("at"));
    }

    private static Map<Membership, Instant> memberships(Place place) {
        var memberships = new HashMap<Membership, Instant>();
        for (var one : place.listIfAny("members")) {
            one.only("member", "name", "joined");
            memberships.put(
                    new Membership(one.choice("member", Member.Group.class), one.text("name")), one.instant("joined"));
        }
        return memberships;
    }

    private static Map<Requirement, Instant> waived(Place place) {
        var waived = new HashMap<Requirement, Instant>();
        for (var one : place.listIfAny("waived")) {
            one.only("requirement", "at");
            waived.put(new RequirementReader(Named.NOTHING).requirement(one.at("requirement")), one.instant("at"));
        }
        return waived;
    }

    private static <T> Map<Slot, List<T>> lists(Place place, String member, Function<Place, T> read) {
        var lists = new HashMap<Slot, List<T>>();
        place.entries(member)
                .forEach((name, all) -> lists.put(
                        all.made(() -> new Slot(name)),
                        all.elements().stream().map(read).toList()));
        return lists;
    }
}
