package org.cairn.web;

import org.cairn.CourseId;
import org.cairn.TenantId;

/** Asks for a course to be checked against its LMS. */
public interface Checks {

    /** Before this returns, unless it takes more than some seconds: then it goes on meanwhile. */
    void now(TenantId tenant, CourseId course);

    /** As soon as somebody has time for it; however often it is asked for, it is done once. */
    void soon(TenantId tenant, CourseId course);
}
