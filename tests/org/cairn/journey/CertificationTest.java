package org.cairn.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.cairn.Rehearsal;
import org.cairn.testing.Databases;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every case of the certification guide (its §6), and our own bad launches, over HTTP: one test for each. */
class CertificationTest {

    @TestFactory
    Stream<DynamicTest> every_case_passes_on_h2() {
        return tests(Rehearsal.play(null, result -> {}));
    }

    @TestFactory
    Stream<DynamicTest> every_case_passes_on_postgresql() {
        return tests(Rehearsal.play(Databases.postgres(), result -> {}));
    }

    private static Stream<DynamicTest> tests(List<Rehearsal.Result> results) {
        assertThat(results).hasSize(Rehearsal.size()).hasSizeGreaterThan(60);
        return results.stream()
                .map(result -> DynamicTest.dynamicTest(
                        result.id() + " " + result.name(),
                        () -> assertThat(result.isPassed()).as(result.seen()).isTrue()));
    }
}
