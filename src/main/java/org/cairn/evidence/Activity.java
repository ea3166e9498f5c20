package org.cairn.evidence;

import org.cairn.ActivityId;
import org.cairn.CourseId;
import org.jspecify.annotations.Nullable;

/** Something gradable in a course. {@code columnMaximum} is set where it is a gradebook column of Cairn's own. */
public record Activity(
        ActivityId id, CourseId course, @Nullable Integer columnMaximum) {}
