package org.cairn.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.cairn.AchievementId;
import org.jspecify.annotations.Nullable;

/** The smaller things in a sentence about a rule: names, windows, amounts, what counts and within which limits. */
final class Details {

    private final Names names;
    private final Wording wording;
    private final boolean isDated;

    /** {@code isDated} is whether it says until when: not where that is said beside it. */
    Details(Names names, Wording wording, boolean isDated) {
        this.names = names;
        this.wording = wording;
        this.isDated = isDated;
    }

    /** A name is a name, whatever Markdown would make of it, and whichever way it is written. */
    String emphasised(String name) {
        return "*" + wording.isolated(name.replaceAll("([\\\\*_`\\[\\]<>])", "\\\\$1")) + "*";
    }

    String named(Slot slot) {
        return emphasised(names.of(slot));
    }

    String named(AchievementId achievement) {
        return emphasised(names.of(achievement));
    }

    String line(Score score) {
        var letters = score.letters();
        var value = letters != null
                ? letters.of(score.value()).letter()
                : wording.say(
                        "value." + Place.lower(score.scale()),
                        "value",
                        score.scale() == Score.Scale.PERCENT ? wording.number(score.value()) : score.value());
        return wording.say(
                score.comparison() == Score.Comparison.AT_LEAST ? "line.atLeast" : "line.moreThan", "value", value);
    }

    String window(Window window) {
        var text = new StringBuilder();
        if (window.after() != null) {
            text.append(wording.say("window.after", "date", wording.date(window.after())));
        }
        text.append(deadline(window));
        if (window.during() != null) {
            text.append(wording.say(
                    "window.during", "term", emphasised(window.during().name())));
        }
        if (window.notOlderThan() != null) {
            text.append(wording.say("window.notOlderThan", "length", wording.period("length", window.notOlderThan())));
        }
        return text.toString();
    }

    /** Only until when. */
    String deadline(Window window) {
        return !isDated || window.before() == null
                ? ""
                : wording.say("window.before", "date", wording.date(window.before()));
    }

    String of(Holds holds) {
        var all = new ArrayList<String>();
        version("detail", holds.version(), all);
        issuer("detail", holds.issuer(), all);
        minimum(holds.minimum(), all);
        awarded(holds.window(), all);
        uses(holds.uses(), all);
        return joined(all);
    }

    String of(CreditSum sum) {
        var comma = wording.say("detail.comma");
        var limits = sum.limits().stream().map(limit -> comma + limit(limit)).toList();
        return joined(pool(sum.pool())) + String.join("", limits);
    }

    String of(Mean mean) {
        var all = pool(mean.pool());
        if (mean.weights() == Mean.Weights.CREDITS) {
            all.add(wording.say("detail.weights"));
        }
        return joined(all);
    }

    String amount(CreditSum sum) {
        var least = wording.number(sum.minimum());
        return sum.maximum() == null
                ? wording.say("amount.least", "least", least)
                : wording.say("amount.range", "least", least, "most", wording.number(sum.maximum()));
    }

    String unit(CreditSum sum) {
        var scheme = sum.scheme();
        if (scheme == null) {
            return wording.say("unit.awards", "count", sum.minimum());
        }
        return wording.has("unit." + scheme)
                ? wording.say("unit." + scheme)
                : wording.say("unit.other", "scheme", scheme);
    }

    String value(Mean mean) {
        var value = wording.number(mean.minimum());
        return mean.letters() == null ? wording.say("value.percent", "value", value) : value;
    }

    private List<String> pool(Pool pool) {
        var all = trait("detail", pool.trait());
        minimum(pool.minimum(), all);
        awarded(pool.window(), all);
        uses(pool.uses(), all);
        return all;
    }

    private String limit(Limit limit) {
        return switch (limit) {
            case Limit.MinShare share ->
                wording.say("limit.minShare", "percent", wording.number(share.percent()), "trait", whole(share.of()));
            case Limit.MaxShare share ->
                wording.say("limit.maxShare", "percent", wording.number(share.percent()), "trait", whole(share.of()));
            case Limit.MaxItems items ->
                wording.say("limit.maxAwards", "count", items.count(), "trait", whole(items.of()));
            case Limit.MaxSum sum ->
                wording.say("limit.maxSum", "amount", wording.number(sum.sum()), "trait", whole(sum.of()));
            case Limit.DistinctGroups groups ->
                wording.say("limit.groups", "count", groups.count(), "by", emphasised(groups.by()));
        };
    }

    private String whole(Trait trait) {
        var all = trait("trait", trait);
        return all.isEmpty() ? wording.say("trait.any") : wording.listed(all, "list.and");
    }

    private List<String> trait(String prefix, Trait trait) {
        var all = new ArrayList<String>();
        if (!trait.achievements().isEmpty()) {
            var sorted = trait.achievements().stream().map(this::named).sorted().toList();
            all.add(wording.say(prefix + ".of", "names", wording.listed(sorted, "list.or")));
        }
        if (!trait.labels().isEmpty()) {
            all.add(wording.say(prefix + ".labels", "names", wording.listed(values(trait.labels()), "list.and")));
        }
        if (trait.level() != null) {
            all.add(wording.say(prefix + ".level", "level", trait.level()));
        }
        issuer(prefix, trait.issuer(), all);
        version(prefix, trait.version(), all);
        return all;
    }

    // "robotics" of "track:robotics": the key is for the rule, the value for people.
    private List<String> values(Set<String> labels) {
        return labels.stream()
                .sorted()
                .map(label -> emphasised(label.substring(label.indexOf(':') + 1)))
                .toList();
    }

    private void version(String prefix, @Nullable Integer version, List<String> all) {
        if (version != null) {
            all.add(wording.say(prefix + ".version", "version", version));
        }
    }

    private void issuer(String prefix, @Nullable String issuer, List<String> all) {
        if (issuer != null) {
            var name = issuer.equals(Held.OWN) ? wording.say("issuer.own") : emphasised(issuer);
            all.add(wording.say(prefix + ".issuer", "issuer", name));
        }
    }

    private void minimum(@Nullable Mark minimum, List<String> all) {
        if (minimum != null) {
            var letters = minimum.letters();
            var mark = letters == null
                    ? wording.say("value.percent", "value", wording.number(minimum.percent()))
                    : letters.of(minimum.percent()).letter();
            all.add(wording.say("detail.minimum", "mark", mark));
        }
    }

    private void awarded(Window window, List<String> all) {
        var said = window(window);
        if (!said.isEmpty()) {
            all.add(wording.say("detail.window", "window", said));
        }
    }

    private void uses(@Nullable Integer uses, List<String> all) {
        if (uses != null) {
            all.add(wording.say("detail.uses", "uses", uses));
        }
    }

    private String joined(List<String> all) {
        return all.isEmpty() ? "" : " " + String.join(wording.say("detail.comma"), all);
    }
}
