package org.cairn.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What every page needs to know of where it is shown.
 *
 * @param frameOrigins whose pages may show it in a frame; empty for a page in a window of its own
 * @param browser what the page's links and forms send along where the frame keeps no cookie; null where it does
 */
public record Frame(
        String title, List<String> frameOrigins, @Nullable String browser) {

    public Frame(String title, List<String> frameOrigins) {
        this(title, frameOrigins, null);
    }

    public String origins() {
        return String.join(" ", frameOrigins);
    }

    @Override
    public String toString() {
        return "Frame[" + title + "]";
    }
}
