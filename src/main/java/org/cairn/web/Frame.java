package org.cairn.web;

import java.util.List;

/** What every page needs to know of where it is shown. {@code frameOrigins} is empty for a page in a window of its own. */
public record Frame(String title, List<String> frameOrigins) {

    public String origins() {
        return String.join(" ", frameOrigins);
    }
}
