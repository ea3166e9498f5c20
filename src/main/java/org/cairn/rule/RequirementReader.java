package org.cairn.rule;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.cairn.AchievementId;
import org.jspecify.annotations.Nullable;

/** Reads what {@link RequirementJson} describes. Good for one rule: it counts the nodes. */
final class RequirementReader {

    private static final int DEEPEST = 32;
    private static final int MOST_NODES = 1000;

    private static final String[] WINDOW = {"after", "before", "during", "notOlderThan"};
    private static final String[] TRAIT = {"achievements", "labels", "level", "issuer", "version"};

    private final Named named;
    private int nodes;
    private int depth;

    RequirementReader(Named named) {
        this.named = named;
    }

    Requirement requirement(Place place) {
        place.check(place.json().isObject(), "a requirement is an object.");
        place.check(++nodes <= MOST_NODES, "a rule has at most 1,000 requirements.");
        place.check(++depth <= DEEPEST, "a rule has at most 32 levels.");
        var read = read(place);
        depth--;
        return read;
    }

    private Requirement read(Place place) {
        if (place.has("allOf")) {
            return new AllOf(parts(place.only("allOf"), "allOf"));
        }
        if (place.has("anyOf")) {
            return new AnyOf(parts(place.only("anyOf"), "anyOf"));
        }
        if (place.has("of")) {
            return atLeast(place.only("atLeast", "of"));
        }
        if (place.has("inOrder")) {
            return new InOrder(parts(place.only("inOrder"), "inOrder"));
        }
        if (place.has("separately")) {
            var parts = parts(place.only("separately"), "separately");
            return place.at("separately").made(() -> new Separately(parts));
        }
        if (place.has("oneBranch")) {
            var branches = place.only("oneBranch").list("oneBranch").stream()
                    .map(this::branch)
                    .toList();
            return place.at("oneBranch").made(() -> new OneBranch(branches));
        }
        if (place.has("within")) {
            var asked = requirement(place.only("within", "since", "asks").at("asks"));
            return place.made(() -> new Within(place.period("within"), place.textIfAny("since"), asked));
        }
        return leaf(place);
    }

    private Requirement leaf(Place place) {
        if (place.has("score")) {
            windowed(place, "score", "atLeast", "moreThan", "scale", "choice", "attempts");
            return score(place);
        }
        if (place.has("completed")) {
            windowed(place, "completed");
            return new Completed(slot(place, "completed"), window(place));
        }
        if (place.has("hours")) {
            windowed(place, "hours", "atLeast");
            return place.made(() -> new Hours(slot(place, "hours"), place.number("atLeast"), window(place)));
        }
        if (place.has("member")) {
            windowed(place, "member", "name");
            return place.made(
                    () -> new Member(place.choice("member", Member.Group.class), place.text("name"), window(place)));
        }
        if (place.has("approved")) {
            windowed(place, "approved", "rubric", "reviewers", "independent");
            return approved(place);
        }
        if (place.has("sum")) {
            return sum(place.only("sum", "atLeast", "atMost", "pool", "limits"));
        }
        if (place.has("mean")) {
            return mean(place.only("mean", "atLeast", "scale", "pool"));
        }
        windowed(place, "holds", "atLeast", "scale", "version", "issuer", "uses");
        return holds(place);
    }

    Member member(Place place) {
        place.check(place.has("member"), "is no membership.");
        place.only("member", "name", "after", "before", "during", "notOlderThan");
        return place.made(
                () -> new Member(place.choice("member", Member.Group.class), place.text("name"), window(place)));
    }

    private Requirement atLeast(Place place) {
        var parts = parts(place, "of");
        int count = place.whole("atLeast");
        place.at("atLeast").check(count >= 1 && count <= parts.size(), "the count is from 1 to the number of parts.");
        return new AtLeast(count, parts);
    }

    private OneBranch.Branch branch(Place place) {
        var requirement = requirement(place.only("branch", "asks").at("asks"));
        return place.at("branch").made(() -> new OneBranch.Branch(place.text("branch"), requirement));
    }

    private Requirement score(Place place) {
        boolean isAtLeast = place.has("atLeast");
        place.check(isAtLeast != place.has("moreThan"), "a score has either atLeast or moreThan.");
        var value = isAtLeast ? "atLeast" : "moreThan";
        boolean isLetter = place.at(value).json().isTextual() && place.has("scale");
        var letters = isLetter ? scale(place) : null;
        return place.made(() -> new Score(
                slot(place, "score"),
                isAtLeast ? Score.Comparison.AT_LEAST : Score.Comparison.MORE_THAN,
                letters == null ? place.number(value) : letter(place, value, letters),
                letters == null ? place.choice("scale", Score.Scale.PERCENT) : Score.Scale.PERCENT,
                letters,
                place.choice("choice", Score.Choice.BEST),
                window(place),
                place.wholeIfAny("attempts")));
    }

    private Requirement approved(Place place) {
        return place.made(() -> new Approved(
                slot(place, "approved"),
                place.listIfAny("rubric").stream().map(Place::text).toList(),
                place.has("reviewers") ? place.whole("reviewers") : 1,
                place.flag("independent"),
                window(place)));
    }

    private Requirement holds(Place place) {
        return place.made(() -> new Holds(
                achievement(place.at("holds")),
                mark(place),
                place.wholeIfAny("version"),
                place.textIfAny("issuer"),
                window(place),
                place.wholeIfAny("uses")));
    }

    private Requirement sum(Place place) {
        var scheme = place.text("sum");
        var pool = pool(place);
        var limits = place.listIfAny("limits").stream().map(this::limit).toList();
        return place.made(() -> new CreditSum(
                scheme.equals("awards") ? null : scheme,
                place.number("atLeast"),
                place.has("atMost") ? place.number("atMost") : null,
                pool,
                limits));
    }

    private Requirement mean(Place place) {
        var letters = place.has("scale") ? scale(place) : null;
        var pool = pool(place);
        return place.made(
                () -> new Mean(place.choice("mean", Mean.Weights.class), place.number("atLeast"), letters, pool));
    }

    private Pool pool(Place place) {
        if (!place.has("pool")) {
            return Pool.ALL;
        }
        var pool = place.at("pool");
        pool.only(Stream.of(TRAIT, WINDOW, new String[] {"atLeast", "scale", "uses"})
                .flatMap(Stream::of)
                .toArray(String[]::new));
        return pool.made(() -> new Pool(trait(pool), mark(pool), window(pool), pool.wholeIfAny("uses")));
    }

    private Limit limit(Place place) {
        if (place.has("groups")) {
            place.only("groups", "by");
            return place.made(() -> new Limit.DistinctGroups(place.whole("groups"), place.text("by")));
        }
        var of = place.at("of");
        of.only(TRAIT);
        return place.made(() -> {
            var trait = trait(of);
            if (place.has("minShare")) {
                return new Limit.MinShare(place.only("minShare", "of").number("minShare"), trait);
            }
            if (place.has("maxShare")) {
                return new Limit.MaxShare(place.only("maxShare", "of").number("maxShare"), trait);
            }
            if (place.has("maxAwards")) {
                return new Limit.MaxItems(place.only("maxAwards", "of").whole("maxAwards"), trait);
            }
            return new Limit.MaxSum(place.only("maxSum", "of").number("maxSum"), trait);
        });
    }

    private static Trait trait(Place place) {
        var achievements = new HashSet<AchievementId>();
        place.listIfAny("achievements").forEach(one -> achievements.add(achievement(one)));
        return new Trait(
                achievements,
                place.texts("labels"),
                place.wholeIfAny("level"),
                place.textIfAny("issuer"),
                place.wholeIfAny("version"));
    }

    private @Nullable Mark mark(Place place) {
        if (!place.has("atLeast")) {
            place.check(!place.has("scale"), "a scale is for a result, which is missing.");
            return null;
        }
        if (place.at("atLeast").json().isTextual()) {
            var letters = scale(place);
            return new Mark(letter(place, "atLeast", letters), letters);
        }
        place.check(!place.has("scale"), "a scale is for a letter, and the result is a number.");
        return new Mark(place.number("atLeast"), null);
    }

    private static BigDecimal letter(Place place, String member, LetterScale scale) {
        return place.at(member).made(() -> scale.get(place.text(member)).from());
    }

    private LetterScale scale(Place place) {
        var scale = place.at("scale");
        if (scale.json().isTextual()) {
            var found = named.scales().get(scale.text());
            scale.check(found != null, "no scale of this name is declared in the file.");
            return Objects.requireNonNull(found);
        }
        return letterScale(scale);
    }

    static LetterScale letterScale(Place place) {
        place.only("name", "letters");
        return place.made(() -> new LetterScale(
                place.text("name"),
                place.list("letters").stream()
                        .map(letter -> letter.only("letter", "from", "points"))
                        .map(letter -> letter.made(() -> new LetterScale.Letter(
                                letter.text("letter"),
                                letter.number("from"),
                                letter.has("points") ? letter.number("points") : null)))
                        .toList()));
    }

    static Term term(Place place) {
        place.only("term", "first", "last");
        return place.made(() -> new Term(place.text("term"), place.day("first"), place.day("last")));
    }

    private Window window(Place place) {
        return place.made(() -> new Window(
                place.instantIfAny("after"),
                place.instantIfAny("before"),
                place.has("during") ? during(place.at("during")) : null,
                place.periodIfAny("notOlderThan")));
    }

    private Term during(Place place) {
        if (!place.json().isTextual()) {
            return term(place);
        }
        var found = named.terms().get(place.text());
        place.check(found != null, "no term of this name is declared in the file.");
        return Objects.requireNonNull(found);
    }

    private List<Requirement> parts(Place place, String member) {
        var parts = new ArrayList<Requirement>();
        place.list(member).forEach(part -> parts.add(requirement(part)));
        return parts;
    }

    private static Slot slot(Place place, String member) {
        return place.at(member).made(() -> new Slot(place.text(member)));
    }

    private static AchievementId achievement(Place place) {
        return place.made(() -> new AchievementId(place.text()));
    }

    private static void windowed(Place place, String... known) {
        place.only(Stream.concat(Stream.of(known), Stream.of(WINDOW)).toArray(String[]::new));
    }
}
