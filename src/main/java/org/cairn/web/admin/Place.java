package org.cairn.web.admin;

import java.util.List;

/** The entries of the navigation, in the order in which they are shown. */
enum Place {
    OVERVIEW("Overview", "/admin", false),
    DEPLOYMENTS("Deployments", "/admin/deployments", false),
    PLATFORMS("Platforms", "/admin/platforms", false),
    INVITATIONS("Invitations", "/admin/invitations", false),
    OUTBOX("Outbox", "/admin/outbox", false),
    NOTICES("Notices", "/admin/notices", false),
    DRY_RUN("Try a rule", "/admin/dry-run", false),
    DESIGN("Badges", "/admin/design", false),
    PICTURES("Pictures", PicturePages.PATH, false),
    APPLICATIONS("Applications", "/admin/applications", false),
    ISSUERS("Issuers", "/admin/issuers", false),
    ENDORSEMENTS("Endorsements", "/admin/endorsements", false),
    PEOPLE("People", "/admin/people", false),
    KEYS("Our keys", "/admin/keys", true),
    TENANTS("Tenants", "/admin/tenants", false),
    OPERATORS("Operators", "/admin/operators", false),
    REHEARSAL("Rehearsal", "/admin/rehearsal", true);

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
