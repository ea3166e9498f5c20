package org.cairn.lti;

import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The services that a launch offers, each null or empty where it offers none. An address at another host than the platform's own has
 * been left out already: our token would go to a stranger.
 *
 * @param memberships the roster (NRPS)
 * @param lineItems the gradebook columns (AGS)
 * @param scopes what AGS allows there
 * @param groups the groups of the course
 * @param notices where to ask to be told of what happens (Platform Notification Service)
 * @param noticeTypes what it tells of
 */
public record Offer(
        @Nullable URI memberships,
        @Nullable URI lineItems,
        Set<String> scopes,
        @Nullable URI groups,
        @Nullable URI notices,
        Set<String> noticeTypes) {

    public Offer {
        scopes = Set.copyOf(scopes);
        noticeTypes = Set.copyOf(noticeTypes);
    }
}
