package org.cairn.award;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.cairn.evidence.Observation;
import org.cairn.testing.Databases;
import org.cairn.testing.World;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two grades that together complete a stack, recorded at once: without the lock on the learner each misses the other's award. */
class AwardingAtOnceTest {

    private static final int ROUNDS = 1_000;

    @ParameterizedTest
    @EnumSource(Databases.class)
    void two_grades_at_once_that_complete_a_stack_always_award_it_and_once(Databases databases) throws Exception {
        try (var world = new World(databases);
                var threads = Executors.newFixedThreadPool(2)) {
            world.define(Map.of(
                    "one", "{'score':'first','atLeast':50}",
                    "two", "{'score':'second','atLeast':50}",
                    "stack", "{'allOf':[{'holds':'one'},{'holds':'two'}]}"));
            // Known before: two that are both new would wait for each other's account, and hide a missing lock.
            for (int from = 0; from < ROUNDS; from += 100) {
                world.record(IntStream.range(from, from + 100)
                        .mapToObj(round -> World.observation("learner-" + round, "other", 1, 1, world.clock.instant()))
                        .toArray(Observation[]::new));
            }
            var barrier = new CyclicBarrier(2);
            for (int round = 0; round < ROUNDS; round++) {
                var sub = "learner-" + round;
                var awarded = new ArrayList<String>();
                for (var recorded : threads.invokeAll(
                        List.of(grade(world, barrier, sub, "first"), grade(world, barrier, sub, "second")))) {
                    recorded.get()
                            .awards()
                            .forEach(award -> awarded.add(award.achievement().value()));
                }
                assertThat(awarded).as("round %d", round).containsExactlyInAnyOrder("one", "two", "stack");
            }
        }
    }

    private static Callable<Awarding.Recorded> grade(World world, CyclicBarrier barrier, String sub, String activity) {
        return () -> {
            barrier.await();
            return world.grade(sub, activity, 60);
        };
    }
}
