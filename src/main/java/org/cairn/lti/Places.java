package org.cairn.lti;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Cache;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.cairn.PlatformId;
import org.cairn.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * Where launches lead that say of their place what one said a few seconds ago: a class opens Cairn at once, and all but the first have
 * only themselves to introduce. What a launch says is remembered once all of it is in the database, for as long as the registrations
 * are. Safe for many threads.
 */
final class Places {

    record Place(Placement placement, Course course) {}

    /** All that is kept of what a launch says, but of the person. */
    private record Said(
            PlatformId platform,
            String deployment,
            String course,
            @Nullable String courseTitle,
            String link,
            Offer offer,
            Map<String, String> custom) {}

    private static final int MOST = 1_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** By the digest of what was said, which may be long. */
    private final Cache<String, Place> known;

    Places(Clock clock) {
        this.known = Platforms.remembering(MOST, clock);
    }

    Optional<Place> find(Launch launch) {
        return said(launch).map(known::getIfPresent);
    }

    void remember(Launch launch, Place place) {
        said(launch).ifPresent(said -> known.put(said, place));
    }

    /** Empty where a launch asks for more than a course's page, or tells who she was in LTI 1.1. */
    private static Optional<String> said(Launch launch) {
        if (!(launch.message() instanceof Message.ResourceLink) || launch.former() != null) {
            return Optional.empty();
        }
        var said = new Said(
                launch.platform().id(),
                launch.deploymentId(),
                launch.courseKey(),
                launch.contextTitle(),
                launch.linkKey(),
                launch.offer(),
                new TreeMap<>(launch.custom()));
        return Optional.of(Sha256.hex(JSON.valueToTree(said).toString()));
    }
}
