package org.cairn.rule;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How far a learner is with a requirement, part by part.
 *
 * @param found what it was decided by
 * @param parts one for each part of a group, in the rule's order
 */
public record Evaluation(Requirement requirement, State state, Found found, List<Evaluation> parts) {

    /** Met; not yet; waiting for somebody else; or closed, since a deadline has passed or the attempts are used up. */
    public enum State {
        MET,
        NOT_YET,
        WAITING,
        CLOSED
    }

    /**
     * What a requirement was decided by.
     *
     * @param used the attempt that a Score or Completed looked at, if any
     * @param counted the awards that count, the oldest first
     * @param amount how much there is so far: the sum, the mean, the hours, the approvals, the attempts where they are limited
     * @param proof how well it is proved, where it is not by attempts or awards
     * @param waivedAt since when somebody excused her from it
     * @param until when the period ends that a Within was decided by; null where none has begun
     */
    public record Found(
            @Nullable Fact used,
            List<Held> counted,
            @Nullable BigDecimal amount,
            @Nullable Strength proof,
            @Nullable Instant waivedAt,
            @Nullable Instant until) {

        static final Found NOTHING = new Found(null, List.of(), null, null, null, null);

        public Found {
            counted = List.copyOf(counted);
        }

        static Found attempt(@Nullable Fact used) {
            return attempt(used, null);
        }

        static Found attempt(@Nullable Fact used, @Nullable BigDecimal attempts) {
            return used == null && attempts == null ? NOTHING : new Found(used, List.of(), attempts, null, null, null);
        }

        static Found counted(List<Held> counted, @Nullable BigDecimal amount) {
            return new Found(null, counted, amount, null, null, null);
        }

        static Found amount(BigDecimal amount, @Nullable Strength proof) {
            return new Found(null, List.of(), amount, proof, null, null);
        }

        static Found waived(Instant at) {
            return new Found(null, List.of(), null, Strength.REVIEWED, at, null);
        }

        Found told(Requirement requirement, boolean withGrades, UnaryOperator<String> award) {
            var told =
                    counted.stream().map(held -> held.told(withGrades, award)).toList();
            if (withGrades) {
                return new Found(used, told, amount, proof, waivedAt, until);
            }
            boolean isGrade = requirement instanceof Score || requirement instanceof Mean;
            var strength = used == null ? proof : used.strength();
            var done = used == null || requirement instanceof Score ? null : used.withoutGrade();
            return new Found(done, told, isGrade ? null : amount, strength, waivedAt, until);
        }

        static Found period(@Nullable Instant until) {
            return until == null ? NOTHING : new Found(null, List.of(), null, null, null, until);
        }
    }

    public Evaluation {
        parts = List.copyOf(parts);
    }

    static Evaluation leaf(Requirement requirement, State state, Found found) {
        return new Evaluation(requirement, state, found, List.of());
    }

    public boolean isMet() {
        return state == State.MET;
    }

    /** The attempt that a Score or Completed looked at. */
    public @Nullable Fact used() {
        return found.used();
    }

    /**
     * What of it is told to others: only what made it met, the awards that counted under other names than our own, and grades, results and
     * means only where she wants them told.
     */
    public Evaluation told(boolean withGrades, UnaryOperator<String> award) {
        var told = parts.stream().map(part -> part.told(withGrades, award)).toList();
        return isMet()
                ? new Evaluation(requirement, state, found.told(requirement, withGrades, award), told)
                : new Evaluation(requirement, state, Found.NOTHING, told);
    }

    /** How many parts of a group are met. */
    public int metParts() {
        return (int) parts.stream().filter(Evaluation::isMet).count();
    }

    /** How much is met altogether, counted without groups. */
    long metLeaves() {
        return parts.isEmpty()
                ? isMet() ? 1 : 0
                : parts.stream().mapToLong(Evaluation::metLeaves).sum();
    }

    /** The weakest proof among what made this met; empty where only awards did, as for a pure stack. */
    public Optional<Strength> weakest() {
        return met().flatMap(leaf -> Stream.of(
                                Optional.ofNullable(leaf.used()).map(Fact::strength),
                                Optional.ofNullable(leaf.found().proof()))
                        .flatMap(Optional::stream))
                .min(Strength::compareTo);
    }

    /** Percent of what could be reached, the mean of the grades that count, rounded down to six decimals; empty where none did. */
    public Optional<BigDecimal> result() {
        var grades = needed().map(Evaluation::used)
                .filter(fact -> fact != null && fact.score() != null && fact.maximum() != null)
                .map(fact ->
                        fact.score().multiply(BigDecimal.valueOf(100)).divide(fact.maximum(), MathContext.DECIMAL128))
                .toList();
        return grades.isEmpty()
                ? Optional.empty()
                : Optional.of(grades.stream()
                        .reduce(BigDecimal.ZERO, BigDecimal::add)
                        .divide(BigDecimal.valueOf(grades.size()), 6, RoundingMode.FLOOR)
                        .stripTrailingZeros());
    }

    /** The awards that count here: of alternatives that are met, only the first ones, as many as are asked for. */
    public List<Held> counted() {
        return needed().flatMap(leaf -> leaf.found().counted().stream())
                .distinct()
                .toList();
    }

    private Stream<Evaluation> met() {
        if (!isMet()) {
            return Stream.empty();
        }
        return isLast() ? Stream.of(this) : parts.stream().flatMap(Evaluation::met);
    }

    private Stream<Evaluation> needed() {
        if (!isMet()) {
            return Stream.empty();
        }
        return isLast()
                ? Stream.of(this)
                : parts.stream()
                        .filter(Evaluation::isMet)
                        .limit(Groups.wanted(requirement))
                        .flatMap(Evaluation::needed);
    }

    private boolean isLast() {
        return parts.isEmpty() || found.waivedAt() != null;
    }
}
