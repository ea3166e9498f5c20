package org.cairn.lti;

import com.github.benmanes.caffeine.cache.Cache;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.cairn.PlatformId;
import org.jspecify.annotations.Nullable;

/**
 * Where launches lead that say of their place what one said a few seconds ago: a class opens Cairn at once, and all but the first have
 * only themselves to introduce. What a launch says is remembered once all of it is in the database, for as long as the registrations
 * are. Safe for many threads.
 */
final class Places {

    /** All that is kept of what a launch says, but of the person. */
    private record Said(
            PlatformId platform,
            String deployment,
            String course,
            @Nullable String courseTitle,
            String link,
            Offer offer,
            List<String> custom) {}

    /** Of the custom parameters those that say what a link is about, and what it and its course were copied from. */
    private static final List<String> CUSTOM =
            List.of(DeepLinking.ACHIEVEMENT, DeepLinking.TENANT, Launch.CONTEXT_HISTORY, Launch.RESOURCE_LINK_HISTORY);

    /** What a launch says may be long; more places than these are not opened in a few seconds. */
    private static final int MOST = 1_000;

    private final Cache<Said, Place> known;

    Places(Clock clock) {
        this.known = Platforms.remembering(MOST, clock);
    }

    record Place(Placement placement, Course course) {}

    Optional<Place> find(Launch launch) {
        return said(launch).map(known::getIfPresent);
    }

    void remember(Launch launch, Placement placement, Course course) {
        said(launch).ifPresent(said -> known.put(said, new Place(placement, course)));
    }

    /** Empty where something else is asked for than the learner's page, or who she was in LTI 1.1 is told. */
    private static Optional<Said> said(Launch launch) {
        boolean isPlain = launch.message() instanceof Message.ResourceLink && launch.former() == null;
        return isPlain
                ? Optional.of(new Said(
                        launch.platform().id(),
                        launch.deploymentId(),
                        launch.courseKey(),
                        launch.contextTitle(),
                        launch.linkKey(),
                        launch.offer(),
                        CUSTOM.stream()
                                .map(name -> launch.custom().getOrDefault(name, ""))
                                .toList()))
                : Optional.empty();
    }
}
