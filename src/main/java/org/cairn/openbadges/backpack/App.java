package org.cairn.openbadges.backpack;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.cairn.AppId;
import org.jspecify.annotations.Nullable;

/**
 * An app as it registered itself (RFC 7591); nobody has looked whether that is true.
 *
 * @param home the page that it calls its own; null where it names none
 * @param redirectUris where a learner's answer may be sent, letter by letter
 * @param scopes what it may ask learners for
 */
public record App(
        AppId id,
        String name,
        @Nullable String home,
        List<String> redirectUris,
        Set<Scope> scopes,
        Instant registeredAt) {

    public App {
        redirectUris = List.copyOf(redirectUris);
        scopes = Set.copyOf(scopes);
    }
}
