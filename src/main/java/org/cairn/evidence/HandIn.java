package org.cairn.evidence;

import java.time.Instant;
import org.cairn.AchievementId;
import org.cairn.CourseId;
import org.cairn.HandInId;
import org.cairn.LearnerId;
import org.cairn.rule.Slot;

/**
 * What a learner handed in once for people to look at.
 *
 * @param slot which of the rule's hand-ins it is
 * @param course whose teachers are asked
 * @param said a link or words, as she wrote them
 * @param isOpen whether somebody is still asked to look at it
 */
public record HandIn(
        HandInId id,
        LearnerId learner,
        AchievementId achievement,
        Slot slot,
        CourseId course,
        String said,
        Instant at,
        boolean isOpen) {}
