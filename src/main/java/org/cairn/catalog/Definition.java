package org.cairn.catalog;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.cairn.AchievementId;
import org.cairn.openbadges.Particulars;
import org.cairn.openbadges.image.Design;
import org.cairn.rule.Rule;
import org.cairn.rule.Slot;
import org.cairn.rule.Trait;
import org.jspecify.annotations.Nullable;

/**
 * What can be earned, as one version says it; immutable once published.
 *
 * @param countsAs the achievements that an award of it counts as, too
 * @param allows what people may let count for it though it was not shown here
 * @param slots what people call the blanks of the rule; every slot of the rule has a title
 * @param creditScheme what its credits are ("ects"), as rules name them
 * @param workloadHours the hours that a learner needs, as the institution estimates them
 * @param level the level of the European Qualifications Framework, 1 to 8
 * @param labels what it belongs to, each {@code key:value} ("track:robotics"), as rules name them
 * @param status whether it can be earned
 * @param design what its badge looks like, as far as somebody decided that
 * @param regrade what becomes of an award that its rule no longer bears; null: nothing, unless a part of it takes it along
 * @param particulars what else its credentials say
 */
public record Definition(
        String name,
        String description,
        Kind kind,
        @Nullable BigDecimal credits,
        String creditScheme,
        @Nullable Integer workloadHours,
        @Nullable Integer level,
        List<String> outcomes,
        Set<String> labels,
        Set<AchievementId> countsAs,
        Set<Allowance> allows,
        Map<Slot, String> slots,
        Rule rule,
        @Nullable Regrade regrade,
        Design design,
        Status status,
        Particulars particulars) {

    /** What kind of credential it makes. A stack is one whose rule asks for others, whatever its kind. */
    public enum Kind {
        MICRO_CREDENTIAL,
        CERTIFICATE
    }

    /** Written and not yet to be earned; to be earned; or to be earned no longer, while what was awarded stands and counts. */
    public enum Status {
        DRAFT,
        PUBLISHED,
        RETIRED
    }

    /** What an institution may decide in single cases. */
    public enum Allowance {
        /** That somebody is excused from a requirement. */
        WAIVER,
        /** That something earned elsewhere counts as this. */
        RECOGNITION
    }

    public Definition {
        outcomes = List.copyOf(outcomes);
        labels = Set.copyOf(labels);
        countsAs = Set.copyOf(countsAs);
        allows = Set.copyOf(allows);
        slots = Map.copyOf(slots);
        if (labels.stream().anyMatch(label -> !Trait.isLabel(label))) {
            throw new IllegalArgumentException("A label is written like \"track:robotics\".");
        }
        var named = Stream.of(rule.slots(), rule.handIns(), rule.hours()).flatMap(Set::stream);
        for (var slot : named.toList()) {
            if (!slots.containsKey(slot)) {
                throw new IllegalArgumentException(
                        "The rule's slot \"%s\" has no title in slots.".formatted(slot.name()));
            }
        }
    }

    public Definition withRegrade(Regrade regrade) {
        return with(rule, slots, regrade, design, status);
    }

    public Definition withStatus(Status status) {
        return with(rule, slots, regrade, design, status);
    }

    /** The same with another rule, whose slots are called so. */
    Definition withRule(Rule rule, Map<Slot, String> slots) {
        return with(rule, slots, regrade, design, status);
    }

    /** With what a design decides that its own leaves open. Throws IllegalArgumentException where people could not read it. */
    Definition orElse(Design design) {
        return with(rule, slots, regrade, this.design.orElse(design), status);
    }

    private Definition with(
            Rule rule, Map<Slot, String> slots, @Nullable Regrade regrade, Design design, Status status) {
        return new Definition(
                name,
                description,
                kind,
                credits,
                creditScheme,
                workloadHours,
                level,
                outcomes,
                labels,
                countsAs,
                allows,
                slots,
                rule,
                regrade,
                design,
                status,
                particulars);
    }

    /** The same with another one's words: its name, description, outcomes, titles of slots and what its badge looks like. */
    Definition withWordsOf(Definition other) {
        return new Definition(
                other.name,
                other.description,
                kind,
                credits,
                creditScheme,
                workloadHours,
                level,
                other.outcomes,
                labels,
                countsAs,
                allows,
                slots.keySet().equals(other.slots.keySet()) ? other.slots : slots,
                rule,
                regrade,
                other.design,
                status,
                particulars);
    }

    public boolean isDraft() {
        return status == Status.DRAFT;
    }

    public boolean isRetired() {
        return status == Status.RETIRED;
    }

    /** Whether its rule asks for other achievements. */
    public boolean isStack() {
        return rule.asksForAwards();
    }
}
