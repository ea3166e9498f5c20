package org.cairn.sandbox;

import java.util.List;

/** What tokens may be for. */
final class Scopes {

    static final String AGS = "https://purl.imsglobal.org/spec/lti-ags/scope/";
    static final String COLUMNS = AGS + "lineitem";
    static final String COLUMNS_READ = AGS + "lineitem.readonly";
    static final String RESULTS = AGS + "result.readonly";
    static final String SCORE = AGS + "score";
    static final String MEMBERS = "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly";
    static final String GROUPS = "https://purl.imsglobal.org/spec/lti-gs/scope/contextgroup.readonly";
    static final String NOTICES = "https://purl.imsglobal.org/spec/lti/scope/noticehandlers";

    static final List<String> ALL = List.of(COLUMNS, COLUMNS_READ, RESULTS, SCORE, MEMBERS, GROUPS, NOTICES);

    private Scopes() {}

    /** What Moodle's grade sync lets through. */
    static boolean isOpen(String scope, int gradeSync) {
        return switch (gradeSync) {
            case 0 -> !scope.startsWith(AGS);
            case 1 -> !scope.equals(COLUMNS);
            default -> true;
        };
    }
}
