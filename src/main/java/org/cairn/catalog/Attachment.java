package org.cairn.catalog;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.cairn.AchievementId;
import org.cairn.ActivityId;
import org.cairn.AttachmentId;
import org.cairn.CourseId;
import org.cairn.rule.Slot;
import org.jspecify.annotations.Nullable;

/** An achievement attached to a course, with what fills its slots there. {@code position} orders a course's attachments; {@code inGradebook} says
 * whether the LMS's gradebook is told who holds it. */
public record Attachment(
        AttachmentId id,
        CourseId course,
        AchievementId achievement,
        @Nullable String module,
        int position,
        boolean inGradebook,
        Map<Slot, Binding> bindings) {

    public Attachment {
        bindings = Map.copyOf(bindings);
    }

    /** The name under which the LMS's gradebook keeps the column of who holds it; it survives a copy of the course. */
    public static String columnId(AchievementId achievement) {
        return "cairn-award/" + achievement;
    }

    /** The activities that fill its slots. */
    public Set<ActivityId> activities() {
        return bindings.values().stream().map(Binding::activity).collect(Collectors.toSet());
    }
}
