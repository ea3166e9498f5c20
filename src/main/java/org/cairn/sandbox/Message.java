package org.cairn.sandbox;

/** What a launch is for. */
sealed interface Message {

    String type();

    /** Somebody opens a link. */
    record Open() implements Message {
        @Override
        public String type() {
            return "LtiResourceLinkRequest";
        }
    }

    /** A teacher is to choose; {@code choice} is what the answer comes back under. */
    record Choose(String choice, DeepLinkRequest request) implements Message {
        @Override
        public String type() {
            return "LtiDeepLinkingRequest";
        }
    }

    /** A teacher looks at a learner's work from the gradebook. */
    record Review(String sub, Column column) implements Message {
        @Override
        public String type() {
            return "LtiSubmissionReviewRequest";
        }
    }

    /** Somebody asks what the tool keeps of people. */
    record Privacy() implements Message {
        @Override
        public String type() {
            return "LtiDataPrivacyLaunchRequest";
        }
    }

    /** Anything else, also what nobody has thought of yet. */
    record Other(String type) implements Message {}
}
