package org.cairn.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.cairn.AchievementId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What holds of every way, over seeded random rules and facts. Each leaf looks at things of its own, so that what is done for one does
 * nothing for another, and can be reached by doing more: sums without limits, means below 100.
 */
class RandomWaysTest {

    /** After all that happened, so that whatever is done now is done last. */
    private static final Instant NOW = RandomRules.NOW.plusSeconds(600);

    private static final Sentence SENTENCE = new Sentence(new Names(Slot::name, id -> id.value()), RandomRules.ZONE);

    @Test
    void who_takes_every_step_meets_the_rule_and_no_step_is_superfluous() {
        checkSteps(20270301, RandomRules.cases(1_200));
    }

    @Test
    @Tag("deep")
    void who_takes_every_step_meets_the_rule_and_no_step_is_superfluous_over_many_more() {
        long seed = System.nanoTime();
        System.out.println("RandomWaysTest seed " + seed);
        checkSteps(seed, 30_000);
        checkCheapest(seed, 5_000);
    }

    @Test
    void no_cheaper_way_is_found_by_trying_all() {
        checkCheapest(20270302, RandomRules.cases(400));
    }

    private static void checkSteps(long seed, int cases) {
        var rules = new RandomRules(seed);
        int ways = 0;
        for (int one = 0; one < cases; one++) {
            var random = new Case(rules, 3);
            int number = one;
            Supplier<String> where = () -> "seed " + seed + ", case " + number + ": " + random;
            var found = random.way(random.facts);
            var evaluation = Evaluator.evaluate(random.rule, random.facts, NOW);
            assertThat(found.isEmpty()).as(where).isEqualTo(evaluation.state() == Evaluation.State.CLOSED);
            if (found.isEmpty()) {
                continue;
            }
            var way = found.get();
            var shuffled = rules.shuffled(random.facts);
            assertThat(random.way(shuffled)).as(where).isEqualTo(found);
            assertThat(said(way)).as(where).isEqualTo(said(random.way(shuffled).orElseThrow()));
            assertThat(way.steps().isEmpty()).as(where).isEqualTo(evaluation.isMet());
            for (var step : way.steps()) {
                assertThat(step.open().state()).as(where).isIn(Evaluation.State.NOT_YET, Evaluation.State.WAITING);
                assertThat(step.deadline() == null || step.deadline().isAfter(NOW))
                        .as(where)
                        .isTrue();
                assertThat(step.attemptsLeft() == null || step.attemptsLeft() > 0)
                        .as(where)
                        .isTrue();
            }
            if (evaluation.isMet()) {
                continue;
            }
            ways++;
            var done = random.after(way.steps());
            assertThat(Evaluator.met(random.rule, done, NOW)).as(where).isTrue();
            for (var left : way.steps()) {
                var others = way.steps().stream().filter(step -> step != left).toList();
                assertThat(Evaluator.met(random.rule, random.after(others), NOW))
                        .as(() -> where.get() + " without " + left)
                        .isFalse();
            }
        }
        assertThat(ways).isGreaterThan(cases / 3);
    }

    /**
     * Tries every set of deeds, whatever state their requirements are in, and asks only whether the rule is met then. Nothing is both waited
     * for and done anew: a way has each step once.
     */
    private static void checkCheapest(long seed, int cases) {
        var rules = new RandomRules(seed);
        int compared = 0;
        for (int one = 0; one < cases; one++) {
            var random = new Case(rules, 2);
            var deeds = random.deeds();
            if (deeds.size() > 7 || Evaluator.met(random.rule, random.facts, NOW)) {
                continue;
            }
            compared++;
            int number = one;
            Supplier<String> where = () -> "seed " + seed + ", case " + number + ": " + random;
            var cheapest = IntStream.range(1, 1 << deeds.size())
                    .mapToObj(set -> IntStream.range(0, deeds.size())
                            .filter(i -> (set >> i & 1) == 1)
                            .mapToObj(deeds::get)
                            .toList())
                    .filter(some -> some.stream().map(Deed::leaf).distinct().count() == some.size())
                    .filter(some -> Evaluator.met(random.rule, random.facts(some), NOW))
                    .mapToInt(RandomWaysTest::cost)
                    .min();
            var way = random.way(random.facts);
            var cost = way.map(found ->
                    cost(found.steps().stream().map(step -> Deed.of(step)).toList()));
            assertThat(cost)
                    .as(where)
                    .isEqualTo(cheapest.isPresent() ? Optional.of(cheapest.getAsInt()) : Optional.empty());
        }
        assertThat(compared).isGreaterThan(cases / 3);
    }

    /** Things to do weigh more than any number of things that only wait. */
    private static int cost(List<Deed> deeds) {
        return deeds.stream().mapToInt(deed -> deed.waits() ? 1 : 1_000).sum();
    }

    private static List<Sentence.Next> said(Way way) {
        return SENTENCE.next(way);
    }

    /** What a leaf lies in that depends on time. */
    private enum In {
        NOTHING,
        ORDER,
        PERIOD
    }

    /** What somebody can do for a leaf: anew, or for what was handed in. */
    private record Deed(Requirement leaf, boolean waits) {

        static Deed of(Way.Step step) {
            return new Deed(step.open().requirement(), step.open().state() == Evaluation.State.WAITING);
        }
    }

    /** A random rule with random facts for each of its leaves. */
    private static final class Case {

        private final RandomRules rules;
        private final Map<Slot, List<Fact>> attempts = new HashMap<>();
        private final List<Held> held = new ArrayList<>();
        private final Map<Slot, List<Worked>> hours = new HashMap<>();
        private final Map<Slot, List<Approval>> approvals = new HashMap<>();
        private final Map<Membership, Instant> memberships = new HashMap<>();
        private final List<Requirement> leaves = new ArrayList<>();

        private int cohorts;

        final Requirement rule;
        final Facts facts;

        Case(RandomRules rules, int depth) {
            this.rules = rules;
            this.rule = apart(rules.rule(depth, false), In.NOTHING);
            var waived = rules.random().nextInt(6) == 0
                    ? Map.of(anyPart(rule), RandomRules.NOW)
                    : Map.<Requirement, Instant>of();
            this.facts = Facts.none(RandomRules.ZONE)
                    .withAttempts(attempts)
                    .withHeld(held)
                    .withHours(hours)
                    .withApprovals(approvals)
                    .withMemberships(memberships)
                    .withWaived(waived);
        }

        Optional<Way> way(Facts facts) {
            return Way.of(Evaluator.evaluate(rule, facts, NOW), RandomRules.ZONE);
        }

        Facts after(List<Way.Step> steps) {
            return facts(steps.stream().map(Deed::of).toList());
        }

        /** What could be done for each leaf, sensible or not. */
        List<Deed> deeds() {
            return leaves.stream()
                    .flatMap(leaf -> {
                        boolean waits = leaf instanceof Score score
                                        && attempts.get(score.slot()).stream()
                                                .anyMatch(fact -> fact.state() == Fact.State.PENDING)
                                || leaf instanceof Approved approved && isAsked(approvals.get(approved.evidence()));
                        return waits
                                ? Stream.of(new Deed(leaf, false), new Deed(leaf, true))
                                : Stream.of(new Deed(leaf, false));
                    })
                    .toList();
        }

        private static boolean isAsked(List<Approval> approvals) {
            return approvals.stream()
                    .filter(step -> step.step() != Approval.Step.APPROVED)
                    .max(Approval::compareTo)
                    .filter(step -> step.step() == Approval.Step.ASKED)
                    .isPresent();
        }

        Facts facts(List<Deed> deeds) {
            var then = new Case(this);
            deeds.forEach(then::add);
            return facts.withAttempts(then.attempts)
                    .withHeld(then.held)
                    .withHours(then.hours)
                    .withApprovals(then.approvals)
                    .withMemberships(then.memberships);
        }

        private Case(Case before) {
            this.rules = before.rules;
            this.rule = before.rule;
            this.facts = before.facts;
            before.attempts.forEach((slot, all) -> attempts.put(slot, new ArrayList<>(all)));
            held.addAll(before.held);
            before.hours.forEach((kind, all) -> hours.put(kind, new ArrayList<>(all)));
            before.approvals.forEach((evidence, all) -> approvals.put(evidence, new ArrayList<>(all)));
            memberships.putAll(before.memberships);
        }

        private void add(Deed deed) {
            switch (deed.leaf()) {
                case Score score when deed.waits() -> attempts.get(score.slot()).replaceAll(Case::graded);
                case Score score -> attempts.get(score.slot()).add(best(next(attempts.get(score.slot())), NOW));
                case Completed completed ->
                    attempts.get(completed.slot()).add(best(next(attempts.get(completed.slot())), NOW));
                case Holds holds -> held.add(earned(holds.achievement(), holds.issuer(), "1", "ects", held.size()));
                case CreditSum sum -> {
                    int awards = sum.scheme() == null ? sum.minimum().intValue() + 1 : 1;
                    for (int i = 0; i < awards; i++) {
                        held.add(earned(
                                only(sum),
                                null,
                                sum.minimum().toPlainString(),
                                String.valueOf(sum.scheme()),
                                held.size()));
                    }
                }
                case Mean mean -> {
                    for (int i = 0; i < 20; i++) {
                        held.add(earned(only(mean), null, "10", "ects", held.size()));
                    }
                }
                case Hours practice ->
                    hours.get(practice.kind()).add(new Worked(practice.minimum(), NOW, Strength.REVIEWED));
                case Approved approved -> {
                    for (int i = 0; i < approved.reviewers(); i++) {
                        approvals
                                .get(approved.evidence())
                                .add(new Approval(Approval.Step.APPROVED, "another" + i, true, NOW));
                    }
                }
                case Member member -> memberships.put(new Membership(member.group(), member.name()), NOW);
                default -> throw new IllegalArgumentException(deed.toString());
            }
        }

        private static Fact graded(Fact fact) {
            return fact.state() == Fact.State.PENDING ? best(fact.attempt(), fact.at()) : fact;
        }

        private static Fact best(int attempt, Instant at) {
            var most = BigDecimal.valueOf(1_000);
            return new Fact(attempt, Fact.State.GRADED, most, most, true, at, Strength.STRONG);
        }

        private static int next(List<Fact> attempts) {
            return attempts.stream().mapToInt(Fact::attempt).max().orElse(0) + 1;
        }

        private static Held earned(AchievementId id, String issuer, String credits, String scheme, int number) {
            return new Held(
                    "new" + number,
                    id,
                    9,
                    issuer == null ? Held.OWN : issuer,
                    NOW,
                    null,
                    BigDecimal.valueOf(100),
                    new BigDecimal(credits),
                    scheme,
                    9,
                    Set.of(),
                    0);
        }

        private static AchievementId only(Pooled pooled) {
            return pooled.pool().trait().achievements().iterator().next();
        }

        private Requirement anyPart(Requirement rule) {
            return rule.of().isEmpty() || rules.random().nextInt(3) == 0
                    ? rule
                    : anyPart(rule.of().get(rules.random().nextInt(rule.of().size())));
        }

        /**
         * Within a period or an order old attempts do not count, but their numbers do: there attempts are not limited. And a period has no
         * memberships, which are no events.
         */
        private Requirement apart(Requirement requirement, In in) {
            return switch (requirement) {
                case AllOf all -> new AllOf(apart(all.of(), in));
                case AnyOf any -> new AnyOf(apart(any.of(), in));
                case AtLeast some -> new AtLeast(some.count(), apart(some.of(), in));
                case OneBranch one -> RandomRules.branches(apart(one.of(), in));
                case InOrder order -> new InOrder(apart(order.of(), in == In.PERIOD ? in : In.ORDER));
                case Separately separately -> new Separately(apart(separately.of(), in));
                case Within within -> {
                    var since = within.since() == null ? null : "since" + cohorts++;
                    if (since != null) {
                        join(since);
                    }
                    yield new Within(within.period(), since, apart(within.requirement(), In.PERIOD));
                }
                case Requirement leaf -> leaf(leaf, in);
            };
        }

        private List<Requirement> apart(List<Requirement> parts, In in) {
            return parts.stream().map(part -> apart(part, in)).toList();
        }

        private void join(String cohort) {
            var membership = new Membership(Member.Group.COHORT, cohort);
            var joined =
                    rules.facts(Holds.any(new AchievementId("a"))).memberships().values();
            if (joined.isEmpty()) {
                leaves.add(new Member(membership.group(), cohort, Window.ALWAYS));
            } else {
                memberships.put(membership, joined.iterator().next());
            }
        }

        private Requirement leaf(Requirement leaf, In in) {
            int number = leaves.size();
            var slot = new Slot("own" + number);
            var id = new AchievementId("own" + number);
            var sample = rules.facts(leaf);
            var own = switch (leaf) {
                case Score score -> {
                    boolean isLimited = in == In.NOTHING && score.attempts() != null;
                    attempts.put(slot, sampled(sample, isLimited));
                    boolean isBeyond = score.comparison() == Score.Comparison.MORE_THAN;
                    yield new Score(
                            slot,
                            score.comparison(),
                            isBeyond ? score.value().min(BigDecimal.valueOf(90)) : score.value(),
                            score.scale(),
                            score.letters(),
                            score.choice(),
                            score.window(),
                            isLimited ? score.attempts() : null);
                }
                case Completed completed -> {
                    attempts.put(slot, sampled(sample, false));
                    yield new Completed(slot, completed.window());
                }
                case Holds holds -> {
                    hold(sample, id);
                    yield new Holds(id, holds.minimum(), holds.version(), holds.issuer(), holds.window(), holds.uses());
                }
                case CreditSum sum -> {
                    hold(sample, id);
                    yield new CreditSum(sum.scheme(), sum.minimum(), null, own(sum.pool(), id), List.of());
                }
                case Mean mean -> {
                    hold(sample, id);
                    yield new Mean(
                            mean.weights(),
                            mean.minimum().min(BigDecimal.valueOf(90)),
                            mean.letters(),
                            own(mean.pool(), id));
                }
                case Hours practice -> {
                    hours.put(slot, new ArrayList<>(sample.hours().get(new Slot("s0"))));
                    yield new Hours(slot, practice.minimum(), practice.window());
                }
                case Approved approved -> {
                    approvals.put(slot, new ArrayList<>(sample.approvals().get(new Slot("s0"))));
                    // What was asked before a period begins is asked anew in it, though an old question could be
                    // answered too.
                    approvals.get(slot).removeIf(step -> in != In.NOTHING && step.step() == Approval.Step.ASKED);
                    yield new Approved(
                            slot, approved.rubric(), approved.reviewers(), approved.independent(), approved.window());
                }
                case Member member
                when in == In.PERIOD -> {
                    attempts.put(slot, sampled(sample, false));
                    yield new Completed(slot, member.joined());
                }
                case Member member -> {
                    sample.memberships().values().stream()
                            .findFirst()
                            .ifPresent(
                                    joined -> memberships.put(new Membership(member.group(), "own" + number), joined));
                    yield new Member(member.group(), "own" + number, member.joined());
                }
                default -> throw new IllegalArgumentException(leaf.toString());
            };
            leaves.add(own);
            return own;
        }

        private static List<Fact> sampled(Facts sample, boolean isLimited) {
            var sampled = new ArrayList<>(sample.attempts().get(new Slot("s0")));
            // What was cleared leaves its number behind: whether that can be used again is for whoever cleared it.
            return isLimited && sampled.stream().anyMatch(fact -> fact.state() == Fact.State.CLEARED)
                    ? new ArrayList<>()
                    : sampled;
        }

        private void hold(Facts sample, AchievementId id) {
            var ids = new HashSet<String>();
            sample.heldInOrder().stream()
                    .filter(one -> ids.add(one.id()))
                    .limit(2)
                    .forEach(one -> held.add(new Held(
                            one.id() + id.value(),
                            id,
                            one.version(),
                            one.issuer(),
                            one.at(),
                            one.until(),
                            one.result(),
                            one.credits(),
                            one.scheme(),
                            one.level(),
                            one.labels(),
                            one.uses())));
        }

        private static Pool own(Pool pool, AchievementId id) {
            var trait = new Trait(Set.of(id), Set.of(), null, null, null);
            return new Pool(trait, pool.minimum(), pool.window(), pool.uses());
        }

        @Override
        public String toString() {
            return rule + System.lineSeparator() + facts + System.lineSeparator() + way(facts);
        }
    }
}
