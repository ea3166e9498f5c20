package org.cairn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** The certification's cases, played by whoever types so. */
@Isolated("What is printed meanwhile is read.")
class RehearseCommandTest {

    @Test
    void every_case_is_a_line_and_all_of_them_pass() {
        var printed = Typed.line("rehearse");
        assertThat(printed.code()).isZero();
        var lines = printed.out().strip().lines().toList();
        assertThat(lines.getLast()).matches("(\\d+) of \\1 passed\\.");
        assertThat(lines.subList(0, lines.size() - 1)).hasSizeGreaterThan(20).allMatch(line -> line.startsWith("+ "));
    }

    @Test
    void it_takes_no_arguments() {
        var printed = Typed.line("rehearse", "B1");
        assertThat(printed.code()).isEqualTo(2);
        assertThat(printed.err()).contains("B1");
        assertThat(printed.out()).isEmpty();
    }
}
