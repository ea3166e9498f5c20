package org.cairn.rule;

import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.cairn.AchievementId;
import org.jspecify.annotations.Nullable;

/**
 * What an achievement asks for, and what follows when it is there.
 *
 * @param mode what happens when the requirement is met
 * @param variants titles that an award may have beside its name, the first that is met
 * @param earlier what is asked instead of those who began earlier, the first that they belong to
 * @param appliesTo who can earn it; null: everybody
 * @param validity how long an award is valid, by the institution's calendar; null: for ever
 * @param renewal what makes another award of it before the last one ends, shown after that one was made; null: nothing does.
 *     Without a validity an award ends only where a later version says so
 */
public record Rule(
        Requirement requirement,
        Mode mode,
        List<Variant> variants,
        List<Earlier> earlier,
        @Nullable Member appliesTo,
        @Nullable Period validity,
        @Nullable Requirement renewal) {

    /** Awarded at once; when the learner applies for it; when somebody approves it. */
    public enum Mode {
        AUTO,
        APPLY,
        APPROVE
    }

    /** A title of 1 to 200 characters for those who show more. */
    public record Variant(String title, Requirement requirement) {

        public Variant {
            if (title.isBlank() || title.length() > 200) {
                throw new IllegalArgumentException("A title has 1 to 200 characters.");
            }
        }
    }

    /** What is asked of those who belong to the group. */
    public record Earlier(Member who, Requirement requirement) {}

    public Rule {
        variants = List.copyOf(variants);
        earlier = List.copyOf(earlier);
        if (validity != null) {
            Periods.check(validity);
        }
    }

    /** Awarded as soon as it is met, for ever. */
    public static Rule of(Requirement requirement) {
        return new Rule(requirement, Mode.AUTO, List.of(), List.of(), null, null, null);
    }

    /** What is asked of this learner. */
    public Requirement requirement(Facts facts, Instant at) {
        var asked = earlier.stream()
                .filter(one -> Evaluator.met(one.who(), facts, at))
                .findFirst()
                .map(Earlier::requirement)
                .orElse(requirement);
        return appliesTo == null ? asked : new AllOf(List.of(appliesTo, asked));
    }

    /** Whether an award of the given instant is renewed, by what was shown after it. */
    public boolean isRenewed(Instant awardedAt, Facts facts, Instant at) {
        return renewal != null && Evaluator.met(renewal, since(awardedAt, facts), at);
    }

    /** Whether it is met anew by what was shown after an award of it that has ended. */
    public boolean isMetAnew(Instant awardedAt, Facts facts, Instant at) {
        return Evaluator.met(this, since(awardedAt, facts), at);
    }

    /** What was shown after an award of that instant. */
    public Facts since(Instant awardedAt, Facts facts) {
        return facts.between(awardedAt.plusNanos(1), Instant.MAX);
    }

    /** The title that an award would have now; empty where no variant is met. */
    public Optional<String> title(Facts facts, Instant at) {
        return variants.stream()
                .filter(variant -> Evaluator.met(variant.requirement(), facts, at))
                .findFirst()
                .map(Variant::title);
    }

    /** When an award of this instant ends; null: never. */
    public @Nullable Instant end(Instant awardedAt, ZoneId zone) {
        return validity == null ? null : awardedAt.atZone(zone).plus(validity).toInstant();
    }

    /** The blanks that a course has to fill, in order of appearance. */
    public Set<Slot> slots() {
        return all(Requirement::slots);
    }

    /** What it asks of the grades of what fills a slot. */
    public Stream<Score> scores(Slot slot) {
        return places().values().stream().flatMap(one -> scores(one, slot));
    }

    private static Stream<Score> scores(Requirement requirement, Slot slot) {
        return requirement instanceof Score score && score.slot().equals(slot)
                ? Stream.of(score)
                : requirement.of().stream().flatMap(part -> scores(part, slot));
    }

    /** What is handed in for people to approve. */
    public Set<Slot> handIns() {
        return all(Requirement::handIns);
    }

    /** The kinds of hours that are confirmed for it. */
    public Set<Slot> hours() {
        return all(Requirement::hours);
    }

    /** The achievements that it names. */
    public Set<AchievementId> achievements() {
        return all(Requirement::achievements);
    }

    /** What awards have that could matter to it though it does not name their achievements. */
    public Set<Trait> traits() {
        return all(Requirement::traits);
    }

    /** The achievements that it names in what has to be met to earn it: not in titles and renewals. */
    public Set<AchievementId> parts() {
        var parts = new LinkedHashSet<AchievementId>();
        toEarn().forEach(one -> parts.addAll(one.achievements()));
        return parts;
    }

    /** Whether to earn it one has to hold something. An achievement of such a rule is a stack. */
    public boolean asksForAwards() {
        return toEarn().anyMatch(Requirement::asksForAwards);
    }

    /** Whether every way to earn it has something in it that is assessed. */
    public boolean isAssessed() {
        return toEarn().allMatch(Lint::isAssessed);
    }

    /** Whether it asks what the institution's register says of somebody: her groups and hours. */
    public boolean asksTheRegister() {
        return appliesTo != null
                || !earlier.isEmpty()
                || places().values().stream().anyMatch(Requirement::asksTheRegister);
    }

    /** Every requirement in it by its place in what {@link RuleJson} writes, the one that is usually asked first. */
    public Map<String, Requirement> places() {
        var places = new LinkedHashMap<String, Requirement>();
        places.put(isBare() ? "rule" : "rule.asks", requirement);
        for (int i = 0; i < earlier.size(); i++) {
            places.put("rule.earlier[%s].asks".formatted(i), earlier.get(i).requirement());
        }
        for (int i = 0; i < variants.size(); i++) {
            places.put("rule.variants[%s].asks".formatted(i), variants.get(i).requirement());
        }
        if (renewal != null) {
            places.put("rule.renewedBy", renewal);
        }
        return places;
    }

    /** Whether nothing follows but that it is awarded: then the requirement alone is the rule. */
    boolean isBare() {
        return equals(of(requirement));
    }

    private Stream<Requirement> toEarn() {
        return Stream.concat(Stream.of(requirement), earlier.stream().map(Earlier::requirement));
    }

    private <T> Set<T> all(Function<Requirement, Set<T>> of) {
        var all = new LinkedHashSet<T>();
        places().values().forEach(one -> all.addAll(of.apply(one)));
        return all;
    }
}
