package org.cairn.sandbox;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A link to a tool in a course.
 *
 * @param deployment the tool's
 * @param url what it opens; null for the tool's usual address
 * @param custom its custom parameters, as the tool gave them
 * @param history what the link was called in the courses that this one was copied from, the newest first
 */
public record Link(
        String id,
        String deployment,
        String title,
        @Nullable String text,
        @Nullable String url,
        Map<String, String> custom,
        List<String> history) {

    public Link {
        custom = Map.copyOf(custom);
        history = List.copyOf(history);
    }
}
