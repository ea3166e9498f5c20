package org.cairn.web.admin;

import java.util.List;

/** The entries of the navigation, in the order in which they are shown. */
enum Place {
    OVERVIEW("Overview", "/admin", false),
    PLATFORMS("Platforms", "/admin/platforms", false);

    private final String word;
    private final String path;
    private final boolean isForAll;

    Place(String word, String path, boolean isForAll) {
        this.word = word;
        this.path = path;
        this.isForAll = isForAll;
    }

    static List<Place> all() {
        return List.of(values());
    }

    String word() {
        return word;
    }

    String path() {
        return path;
    }

    /** Whether only an operator of all tenants is shown it. */
    boolean isForAll() {
        return isForAll;
    }
}
