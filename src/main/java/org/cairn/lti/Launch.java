package org.cairn.lti;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cairn.Sha256;
import org.cairn.db.Text;
import org.cairn.people.Person;
import org.cairn.people.Role;
import org.jspecify.annotations.Nullable;

/**
 * A launch whose every check has held.
 *
 * @param deploymentId the LMS's name of the installation
 * @param contextId the LMS's course; null where the launch names none
 * @param resourceLinkId the activity that was opened; null where the message has none
 * @param custom what the registration or a deep link asked the LMS to send along, as text; keys in lower case
 * @param former who she was in the days of LTI 1.1, if the LMS's signature proves it
 * @param skewSeconds how far the LMS's clock was ahead of ours when it issued this, its way here included
 */
public record Launch(
        Platform platform,
        String deploymentId,
        Person person,
        Role role,
        @Nullable String contextId,
        @Nullable String contextTitle,
        @Nullable String resourceLinkId,
        @Nullable String resourceLinkTitle,
        Offer offer,
        Map<String, String> custom,
        @Nullable Former former,
        Message message,
        Bound bound,
        long skewSeconds) {

    static final String CONTEXT_HISTORY = "context_history";
    static final String RESOURCE_LINK_HISTORY = "resource_link_history";

    /**
     * What an LMS is asked to send along with every launch: what a course and a link were copied from (Core 1.3 §D.2). A variable that it
     * does not know it sends as it is, and is dropped.
     */
    public static final Map<String, String> HISTORIES = Collections.unmodifiableMap(new TreeMap<>(
            Map.of(CONTEXT_HISTORY, "$Context.id.history", RESOURCE_LINK_HISTORY, "$ResourceLink.id.history")));

    private static final int MOST_HISTORY = 50;

    /** How the browser that finished a login was known to be the one that began it. */
    public enum Bound {
        /** By the cookie in the frame. */
        COOKIE,
        /** By what the LMS's page kept for us. */
        STORAGE,
        /** By the cookie in a window of its own. */
        WINDOW
    }

    /** Ids of LTI 1.1 that belong to the same things. */
    public record Former(
            String consumerKey,
            @Nullable String userId,
            @Nullable String contextId,
            @Nullable String resourceLinkId) {}

    public Launch {
        custom = Map.copyOf(custom);
    }

    /** Ids of a history among the custom parameters, the newest first, each encoded and all divided by commas (Core 1.3 §D.2). */
    List<String> history(String name) {
        return Arrays.stream(custom.getOrDefault(name, "").split(","))
                .map(String::strip)
                .filter(id -> !id.isEmpty())
                .map(Launch::decoded)
                .filter(Text::isKept)
                .limit(MOST_HISTORY)
                .toList();
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    /** What stands for the course: a launch without a context makes its resource link a course of its own. */
    String courseKey() {
        return contextId == null ? "resource-link:" + linkKey() : contextId;
    }

    /**
     * What stands for the resource link where the message has none. Links that are embedded in a page of Canvas all come with the course's
     * own id: what our deep link said tells them apart.
     */
    String linkKey() {
        if (resourceLinkId == null) {
            return "cairn:" + message.getClass().getSimpleName();
        }
        var about = custom.get(DeepLinking.ACHIEVEMENT);
        boolean isEmbedded = resourceLinkId.equals(contextId) && about != null;
        return isEmbedded ? "embedded:" + Sha256.hex(resourceLinkId + "/" + about) : resourceLinkId;
    }
}
