package org.cairn.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.cairn.AchievementId;
import org.cairn.ActivityId;
import org.cairn.AttachmentId;
import org.cairn.CourseId;
import org.cairn.IssuerId;
import org.cairn.LearnerId;
import org.cairn.TenantId;
import org.cairn.openbadges.IssuerProfile;
import org.cairn.rule.Evaluator;
import org.cairn.rule.Fact;
import org.cairn.rule.Facts;
import org.cairn.rule.Named;
import org.cairn.rule.Slot;
import org.cairn.rule.Strength;

/**
 * An institution in memory, as large as asked for: achievements of three grades each, each attached to a course of its own, and learners
 * with so many attempts at the last of the three. Its events, in an order that no cache foresees, are a learner and an activity.
 */
final class Institution {

    static final int EVENTS = 1 << 17;

    private static final Instant NOW = Instant.parse("2026-11-24T09:00:00Z");
    private static final ZoneId VIENNA = ZoneId.of("Europe/Vienna");
    private static final List<Slot> SLOTS = List.of(new Slot("quiz"), new Slot("essay"), new Slot("exam"));

    private final Catalogue catalogue;
    private final Map<LearnerId, Facts> facts = new HashMap<>();
    private final ActivityId[] activities = new ActivityId[EVENTS];
    private final LearnerId[] learners = new LearnerId[EVENTS];

    Institution(int rules, int learners, int attempts) {
        catalogue = catalogue(rules);
        for (int i = 0; i < learners; i++) {
            facts.put(LearnerId.fresh(), facts(i, attempts));
        }
        var chance = new Random(20261124);
        var everything = catalogue.achievements().stream()
                .flatMap(achievement -> catalogue.attachments(achievement.id()).stream())
                .flatMap(attachment -> attachment.activities().stream())
                .toList();
        var everybody = List.copyOf(facts.keySet());
        for (int i = 0; i < EVENTS; i++) {
            activities[i] = everything.get(chance.nextInt(everything.size()));
            this.learners[i] = everybody.get(chance.nextInt(everybody.size()));
        }
    }

    /** The attachments that an event touches. */
    List<Attachment> find(int event) {
        return catalogue.attachments(activities[event]);
    }

    /** How many of the rules that an event touches are met. */
    int decide(int event) {
        int met = 0;
        for (var attachment : find(event)) {
            var rule = catalogue.get(attachment.achievement()).definition().rule();
            if (Evaluator.met(rule, facts.get(learners[event]), NOW)) {
                met++;
            }
        }
        return met;
    }

    private static Catalogue catalogue(int rules) {
        var tenant = TenantId.fresh();
        var achievements = new ArrayList<Achievement>();
        var attachments = new ArrayList<Attachment>();
        for (int i = 0; i < rules; i++) {
            var id = new AchievementId("a" + i);
            achievements.add(new Achievement(id, 1, definition(50 + i % 40), null, NOW));
            var bindings = new HashMap<Slot, Binding>();
            SLOTS.forEach(slot -> bindings.put(slot, new Binding(ActivityId.fresh(), slot.name())));
            attachments.add(new Attachment(AttachmentId.fresh(), CourseId.fresh(), id, null, 1, false, bindings));
        }
        var issuer = new IssuerProfile(
                tenant, IssuerId.fresh(), "Here", null, null, null, null, IssuerProfile.TokenAlgorithm.ES256);
        return new Catalogue(tenant, 1, issuer, VIENNA, achievements, attachments, Map.of());
    }

    private static Definition definition(int percent) {
        try {
            return DefinitionJson.read(new ObjectMapper().readTree("""
                    {"name": "Name", "description": "About", "kind": "MICRO_CREDENTIAL",
                     "slots": {"quiz": "Quiz", "essay": "Essay", "exam": "Exam"},
                     "rule": {"allOf": [{"score": "quiz", "atLeast": %1$d}, {"score": "essay", "atLeast": %1$d},
                                        {"score": "exam", "atLeast": %1$d}]}}
                    """.formatted(percent)), Named.NOTHING);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** 90 % and more everywhere; in the exam in the last attempt only, so that all of them have to be looked at. */
    private static Facts facts(int learner, int attempts) {
        var exam = IntStream.rangeClosed(1, attempts)
                .mapToObj(attempt -> fact(attempt, attempt == attempts ? 90 + learner % 10 : attempt % 90))
                .toList();
        var bySlot = new HashMap<Slot, List<Fact>>();
        SLOTS.forEach(slot -> bySlot.put(slot, List.of(fact(1, 90 + learner % 10))));
        bySlot.put(SLOTS.getLast(), exam);
        return Facts.none(VIENNA).withAttempts(bySlot);
    }

    private static Fact fact(int attempt, int percent) {
        return new Fact(
                attempt,
                Fact.State.GRADED,
                BigDecimal.valueOf(percent),
                BigDecimal.valueOf(100),
                true,
                NOW,
                Strength.STRONG);
    }
}
