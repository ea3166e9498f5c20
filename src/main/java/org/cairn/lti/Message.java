package org.cairn.lti;

import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an LMS asks for by a launch, with what only that kind of message says. */
public sealed interface Message {

    /** Somebody opened Cairn in a course (LtiResourceLinkRequest, Core 1.3). */
    record ResourceLink() implements Message {}

    /**
     * Somebody wants to choose what to link (LtiDeepLinkingRequest, Deep Linking 2.0 §4.4).
     *
     * @param data to be sent back as it is, also if empty; null where there was none
     * @param acceptsLineItem whether a link may bring a gradebook column; true where the LMS does not say, as Moodle, which takes them
     */
    record DeepLinking(
            URI returnUrl,
            Set<String> acceptTypes,
            boolean acceptsSeveral,
            boolean acceptsLineItem,
            @Nullable String data)
            implements Message {

        public DeepLinking {
            acceptTypes = Set.copyOf(acceptTypes);
        }

        /** Whether Cairn has anything to give: its links are all of this type. */
        public boolean acceptsLinks() {
            return acceptTypes.contains("ltiResourceLink");
        }
    }

    /** Somebody wants to see a learner's work from the gradebook (LtiSubmissionReviewRequest). {@code sub} is the learner's. */
    record SubmissionReview(String sub) implements Message {}

    /** Somebody asks what is kept of people (LtiDataPrivacyLaunchRequest). */
    record DataPrivacy() implements Message {}
}
