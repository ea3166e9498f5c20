package org.cairn.sandbox;

/** What a launch is for. */
sealed interface Message {

    String type();

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
}
