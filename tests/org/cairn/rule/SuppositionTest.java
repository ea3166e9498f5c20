package org.cairn.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SuppositionTest {

    private static final Instant NOW = RandomRules.NOW;

    @Test
    void a_supposed_grade_is_one_attempt_more_out_of_what_it_was_out_of_before() {
        var then = percent("72.5").with(List.of(graded(2, "8", "20"), graded(1, "5", "20")), NOW);
        assertThat(then).hasSize(3);
        assertThat(then.getLast().attempt()).isEqualTo(3);
        assertThat(then.getLast().score()).isEqualByComparingTo("14.5");
        assertThat(then.getLast().maximum()).isEqualByComparingTo("20");
        assertThat(percent("80").with(List.of(), NOW).getFirst().score()).isEqualByComparingTo("80");
        assertThat(points("30").with(List.of(graded(1, "8", "50")), NOW).getLast())
                .isEqualTo(new Fact(
                        2, Fact.State.GRADED, new BigDecimal("30"), new BigDecimal("50"), true, NOW, Strength.STRONG));
    }

    @Test
    void what_waits_to_be_graded_is_supposed_to_be_graded_so_and_was_done_when_it_was() {
        var before = NOW.minusSeconds(60);
        var pending = new Fact(2, Fact.State.PENDING, null, null, false, before, Strength.STRONG);
        var then = percent("80").with(List.of(graded(1, "5", "20"), pending), NOW);
        assertThat(then).hasSize(2);
        assertThat(then.getLast().at()).isEqualTo(before);
        assertThat(then.getLast().state()).isEqualTo(Fact.State.GRADED);
    }

    @Test
    void of_several_attempts_that_wait_the_last_one_is_graded() {
        var attempts = List.of(pending(3), pending(1), pending(2));
        var then = percent("80").with(attempts, NOW);
        assertThat(then).extracting(Fact::attempt).containsExactly(3, 1, 2);
        assertThat(then)
                .extracting(Fact::state)
                .containsExactly(Fact.State.GRADED, Fact.State.PENDING, Fact.State.PENDING);
        var second = percent("80").with(List.of(pending(1), pending(2)), NOW);
        assertThat(second).extracting(Fact::state).containsExactly(Fact.State.PENDING, Fact.State.GRADED);
    }

    @Test
    void what_was_out_of_nothing_says_nothing_about_the_next() {
        assertThat(percent("80")
                        .with(List.of(graded(1, "0", "0")), NOW)
                        .getLast()
                        .maximum())
                .isEqualByComparingTo("100");
    }

    private static Fact pending(int attempt) {
        return new Fact(attempt, Fact.State.PENDING, null, null, false, NOW, Strength.STRONG);
    }

    @Test
    void without_a_value_it_is_done_and_not_graded() {
        var done =
                new Supposition(null, Score.Scale.PERCENT).with(List.of(), NOW).getFirst();
        assertThat(done.isComplete()).isTrue();
        assertThat(done.state()).isEqualTo(Fact.State.CLEARED);
    }

    @Test
    void a_grade_that_nobody_can_get_is_refused() {
        assertThatThrownBy(() -> percent("100.01")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> points("-1")).isInstanceOf(IllegalArgumentException.class);
        assertThat(points("100.01").value()).isNotNull();
        assertThat(points("1000000").value()).isNotNull();
        assertThatThrownBy(() -> points("1000000.1")).isInstanceOf(IllegalArgumentException.class);
        assertThat(percent("100").value()).isNotNull();
        assertThat(percent("0").value()).isZero();
        assertThat(percent("0.000000000001").value()).isNotNull();
        assertThatThrownBy(() -> percent("0.0000000000001")).isInstanceOf(IllegalArgumentException.class);
    }

    private static Fact graded(int attempt, String score, String maximum) {
        return new Fact(
                attempt, Fact.State.GRADED, new BigDecimal(score), new BigDecimal(maximum), true, NOW, Strength.STRONG);
    }

    private static Supposition percent(String value) {
        return new Supposition(new BigDecimal(value), Score.Scale.PERCENT);
    }

    private static Supposition points(String value) {
        return new Supposition(new BigDecimal(value), Score.Scale.POINTS);
    }
}
