package org.cairn.openbadges.backpack;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.cairn.AppId;

/**
 * An app as it registered itself (RFC 7591); nobody has looked whether that is true.
 *
 * @param redirectUris where a learner's answer may be sent, letter by letter
 * @param scopes what it may ask learners for
 */
public record App(AppId id, String name, List<String> redirectUris, Set<Scope> scopes, Instant registeredAt) {

    public App {
        redirectUris = List.copyOf(redirectUris);
        scopes = Set.copyOf(scopes);
    }
}
