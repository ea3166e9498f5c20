package org.cairn.sandbox;

import org.jspecify.annotations.Nullable;

/**
 * What somebody clicked, on its way to the tool.
 *
 * @param person null for somebody who stays without a name
 * @param course null where it was clicked outside of any course
 * @param link null where no link was clicked
 */
record Click(
        @Nullable Person person,
        Tool tool,
        @Nullable Course course,
        @Nullable Link link,
        Message message) {

    String hint() {
        return person == null ? "anonymous" : person.sub();
    }

    /** What the tool is to show. */
    String target() {
        if (message instanceof Message.Choose) {
            return tool.deepLinkingUri().toString();
        }
        if (message instanceof Message.Review review && review.column().review.has("url")) {
            return review.column().review.get("url").asText();
        }
        return link == null || link.url() == null ? tool.targetLinkUri().toString() : link.url();
    }
}
