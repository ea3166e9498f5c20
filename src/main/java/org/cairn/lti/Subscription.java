package org.cairn.lti;

import java.net.URI;
import java.time.Instant;
import java.util.Set;
import org.cairn.DeploymentId;
import org.cairn.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * Where a deployment tells Cairn what happens in it, and how that stands (Platform Notification Service 1.0).
 *
 * @param url where the LMS keeps Cairn's handlers
 * @param types what Cairn wants to be told of, of what the LMS tells
 * @param triedAt when Cairn last asked the LMS for it; null until then
 * @param subscribedAt when the LMS last said that it tells Cairn; null where it never did
 * @param helloAt when a test notice last came through; null where none ever did
 * @param problem what was wrong at the last try, in a sentence; null where nothing was
 */
public record Subscription(
        TenantId tenant,
        DeploymentId deployment,
        URI url,
        Set<String> types,
        @Nullable Instant triedAt,
        @Nullable Instant subscribedAt,
        @Nullable Instant helloAt,
        @Nullable String problem) {

    public Subscription {
        types = Set.copyOf(types);
    }
}
