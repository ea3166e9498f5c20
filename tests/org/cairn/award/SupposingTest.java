package org.cairn.award;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.cairn.ActivityId;
import org.cairn.evidence.ActivityStore;
import org.cairn.evidence.Source;
import org.cairn.lti.CourseStore;
import org.cairn.rule.Score;
import org.cairn.rule.Supposition;
import org.cairn.testing.Databases;
import org.cairn.testing.World;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a learner would have if she also did this or that. */
class SupposingTest {

    @ParameterizedTest
    @EnumSource(Databases.class)
    void what_would_be_met_counts_in_the_stacks_above_and_nothing_of_it_is_kept(Databases databases) {
        try (var world = new World(databases)) {
            world.define(Map.of(
                    "one", "{'score':'first','atLeast':50}",
                    "two", "{'allOf':[{'score':'second','atLeast':50},{'completed':'lab'}]}",
                    "stack", "{'allOf':[{'holds':'one'},{'holds':'two'}]}",
                    "a-tower", "{'allOf':[{'holds':'stack'},{'holds':'one'}]}"));
            world.grade("ada", "first", 60);
            assertThat(met(world, "ada", Map.of("second", "50"))).isEmpty();
            assertThat(met(world, "ada", Map.of("second", "50", "lab", ""))).containsExactly("a-tower", "stack", "two");
            assertThat(met(world, "ada", Map.of("second", "49.9", "lab", ""))).isEmpty();
            assertThat(met(world, "alan", Map.of("second", "50", "lab", ""))).containsExactly("two");
            assertThat(world.holds("ada")).containsExactly("one");
        }
    }

    /** What would be met, and is not held now. */
    private static Set<String> met(World world, String sub, Map<String, String> supposed) {
        var learner = world.learner(sub);
        var met = new TreeSet<String>();
        world.database.inTransaction(db -> {
            var now = world.clock.instant();
            var course = CourseStore.findOrCreate(db, world.tenant, world.deployment.id(), world.context, now);
            var activities = ActivityStore.find(db, world.tenant, course.id(), Source.PUSH, supposed.keySet());
            var suppositions = new HashMap<ActivityId, Supposition>();
            supposed.forEach((name, value) -> suppositions.put(
                    activities.get(name),
                    new Supposition(value.isEmpty() ? null : new BigDecimal(value), Score.Scale.PERCENT)));
            var catalogue = world.catalogues.current(db, world.tenant);
            var standings = Progress.of(db, catalogue, course.id(), List.of(learner), now)
                    .get(learner);
            List<Standing> then = Progress.supposing(db, catalogue, learner, standings, suppositions, now);
            then.stream()
                    .filter(one -> one.award() == null && one.evaluation().isMet())
                    .forEach(one -> met.add(one.achievement().id().value()));
            return null;
        });
        return met;
    }
}
